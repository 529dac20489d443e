# Whom each random sample draws, what it says of all that was due, and how two of them compare; and the
# SHA-256 by which they are drawn, which R has only since 4.5.
#
# reproduce.R runs it. W. Cochran 1977 (ratio over strata); E. B. Wilson 1927 with Student's quantile;
# J. Horowitz and C. Manski 2000 (what is not known counts once as no and once as yes); G. Zou and
# A. Donner 2008 (a difference of two shares that have no standard error).

# The SHA-256 of each text (FIPS 180-4), all texts of as many blocks at once. Words of 32 bits are numbers.
sha256 <- function(texts) {
  halves <- function(of, a, b) {
    of(a %/% 65536, b %/% 65536) * 65536 + of(a %% 65536, b %% 65536)
  }
  xor <- function(a, b) halves(bitwXor, a, b)
  and <- function(a, b) halves(bitwAnd, a, b)
  turn <- function(a, by) a %/% 2^by + (a %% 2^by) * 2^(32 - by)
  mix <- function(a, by, last) xor(xor(turn(a, by[1]), turn(a, by[2])), last)
  add <- function(...) Reduce(`+`, list(...)) %% 2^32
  primes <- Filter(function(n) n < 4 || all(n %% 2:floor(sqrt(n)) != 0), 2:311)
  fraction <- function(root) floor((root %% 1) * 2^32)
  keys <- fraction(primes^(1 / 3))
  bytes <- lapply(enc2utf8(texts), function(one) as.integer(charToRaw(one)))
  blocks <- (lengths(bytes) + 8) %/% 64 + 1
  found <- character(length(texts))
  for (count in unique(blocks)) {
    own <- which(blocks == count)
    padded <- matrix(vapply(bytes[own], function(one) {
      c(one, 128, rep(0, 64 * count - length(one) - 9), (8 * length(one)) %/% 256^(7:0) %% 256)
    }, numeric(64 * count)), ncol = length(own))
    state <- matrix(fraction(sqrt(primes[1:8])), 8, length(own))
    for (block in seq_len(count)) {
      w <- matrix(0, 64, length(own))
      for (t in 1:16) {
        w[t, ] <- colSums(padded[64 * (block - 1) + 4 * t - 3:0, , drop = FALSE] * 256^(3:0))
      }
      for (t in 17:64) {
        w[t, ] <- add(w[t - 16, ], mix(w[t - 15, ], c(7, 18), w[t - 15, ] %/% 2^3),
                      w[t - 7, ], mix(w[t - 2, ], c(17, 19), w[t - 2, ] %/% 2^10))
      }
      v <- state
      for (t in 1:64) {
        chosen <- xor(and(v[5, ], v[6, ]), and(2^32 - 1 - v[5, ], v[7, ]))
        one <- add(v[8, ], mix(v[5, ], c(6, 11), turn(v[5, ], 25)), chosen, keys[t], w[t, ])
        most <- xor(xor(and(v[1, ], v[2, ]), and(v[1, ], v[3, ])), and(v[2, ], v[3, ]))
        other <- add(mix(v[1, ], c(2, 13), turn(v[1, ], 22)), most)
        v <- rbind(add(one, other), v[1:3, , drop = FALSE], add(v[4, ], one), v[5:7, , drop = FALSE])
      }
      state <- (state + v) %% 2^32
    }
    words <- sprintf("%04x%04x", as.integer(state %/% 65536), as.integer(state %% 65536))
    found[own] <- apply(matrix(words, 8), 2, paste, collapse = "")
  }
  found
}
# The same of files, NULL where nothing here can tell: byte by byte, R would be too slow.
digest_files <- function(files) {
  if (exists("sha256sum", asNamespace("tools"))) return(unname(tools::sha256sum(files)))
  for (tool in c("sha256sum", "shasum -a 256", "openssl dgst -sha256 -r")) {
    words <- strsplit(tool, " ")[[1]]
    if (!nzchar(Sys.which(words[1]))) next
    said <- suppressWarnings(system2(words[1], c(words[-1], shQuote(files)), stdout = TRUE))
    if (length(said) == length(files)) return(sub("^\\\\?([0-9a-f]{64}).*", "\\1", said))
  }
  NULL
}
check_bytes <- function() {
  about <- paste(readLines("datapackage.json", encoding = "UTF-8", warn = FALSE), collapse = "\n")
  cells <- regmatches(about, gregexpr("\"(path|hash)\": \"[^\"]+\"", about))[[1]]
  at <- grep("^\"hash\": \"sha256:", cells)
  files <- sub("^\"path\": \"(.*)\"$", "\\1", cells[at - 1])
  digests <- digest_files(files)
  if (is.null(digests)) {
    message("Neither tools::sha256sum nor sha256sum is here: the bytes of the files are not checked.")
    return(0)
  }
  wrong <- which(digests != sub("^\"hash\": \"sha256:(.*)\"$", "\\1", cells[at]))
  if (length(wrong)) different("the bytes of ", files[wrong[1]])
  length(files)
}

# A plan, the officials of each stratum of its list, and who is drawn. `missing`: lines that are not
# published, about signatures taken back since; nobody draws it again from the rest.
sample_of <- function(plan) {
  listed <- regmatches(plan$content, gregexpr("[{]\"code\"[^}]*[}]", plan$content))[[1]]
  number <- function(name, text = listed) {
    as.numeric(sub(paste0(".*\"", name, "\":([0-9.]+).*"), "\\1", text))
  }
  whole <- regmatches(plan$content, regexpr("\"take_all\":[{][^}]*[}]", plan$content))
  file <- sprintf("sample-%s-universe.txt", plan$plan_id)
  lines <- readLines(file, encoding = "UTF-8", warn = FALSE)
  missing <- sum(number("commitments"), number("commitments", whole)) - length(lines)
  digest <- digest_files(file)
  if (missing == 0 && !is.null(digest) && digest != plan$universe) {
    different("sample_plans.csv, ", plan$plan_id, ", universe")
  }
  cells <- do.call(rbind, c(strsplit(lines, "\t"), list(character(3)))) # with one row at least
  codes <- sub("[{]\"code\":\"([^\"]*)\".*", "\\1", listed)
  people <- lapply(setNames(codes, codes), function(code) unique(cells[cells[, 1] == code, 2]))
  strata <- Map(function(ids, size, drawn) list(officials = size, drawn = drawn, listed = ids),
                people, number("officials"), number("drawn"))
  strata <- strata[number("drawn") > 0]
  if (missing == 0 && plan$seed != "") {
    strata <- lapply(strata, function(one) {
      one$ids <- head(one$listed[order_by_digest(plan$seed, one$listed)], one$drawn)
      one
    })
  }
  list(name = plan$plan_id, seed = plan$seed, strata = strata, missing = missing,
       double = number("double_share", plan$content), cells = cells[-nrow(cells), , drop = FALSE])
}
# What is known of those drawn, and of what was taken whole: of what is due on the day of the plan, how many
# have an answer since, how many are implemented, and of how many that is not known.
check_known <- function(sample, plan, rows, estimate) {
  found <- commitments_on(first_day(plan$plan_day), every_moving)$cells
  at <- match(paste(sample$cells[, 2], sample$cells[, 3], sep = "\r"), key(every))
  whole <- sample$cells[, 1] == "fresh"
  later <- every_entry[every_entry$kind == "assessment" & as.integer(every_entry$seq) > as.integer(plan$seq), ]
  told <- key(every)[at] %in% key(later)
  seen <- key(every)[at] %in% key(later[later$status != "no_evidence", ])
  due <- found$binding[at] %in% "True" & found$status[at] != "not_applicable"
  done <- due & found$status[at] == "implemented"
  silent <- found$status[at] %in% c("not_assessed", "no_evidence")
  unknown <- due & !done & ((!whole & !told) | (silent & !seen))
  counts <- data.frame(due = due, answered = due & told, implemented = done, unknown = unknown)
  sums <- rowsum(+as.matrix(counts[!whole, ]), sample$cells[!whole, 2])
  checked <- 0
  for (line in seq_len(nrow(rows))) {
    checked <- checked + compare("sample.csv", paste(sample$name, "/", rows$signatory_id[line]), rows[line, ],
                                 sums[rows$signatory_id[line], ], 0)
  }
  if (nrow(estimate)) {
    taken <- colSums(counts[whole, ])[c("due", "implemented", "unknown")]
    checked <- checked + compare("sample_estimates.csv", sample$name, estimate,
                                 setNames(taken, paste0(names(taken), "_taken")), 0)
  }
  checked
}
order_by_digest <- function(seed, ids) order(sha256(paste0(seed, ":", ids)), method = "radix")
check_draw <- function(sample, rows) {
  ids <- unlist(lapply(sample$strata, `[[`, "ids"), use.names = FALSE)
  stratum <- rep(names(sample$strata), lengths(lapply(sample$strata, `[[`, "ids")))
  digests <- sha256(paste0(sample$seed, ":", ids))
  place <- integer(length(ids))
  place[order(digests, method = "radix")] <- seq_along(ids)
  twice <- head(ids[order_by_digest(paste0(sample$seed, ":double"), ids)],
                ceiling(round(sample$double * length(ids), 9)))
  public <- which(ids %in% read("signatories.csv")$signatory_id)
  public <- public[order(place[public])]
  if (!identical(rows$signatory_id, ids[public])) {
    different("sample.csv, ", sample$name, ", others are drawn")
  }
  found <- data.frame(place = place, stratum = stratum, digest = digests,
                      is_double = ifelse(ids %in% twice, "True", "False"))[public, ]
  found$is_answered <- ifelse(rows$due == rows$answered, "True", "False")
  for (column in names(found)) {
    wrong <- which(as.character(found[[column]]) != as.character(rows[[column]]))
    if (length(wrong)) {
      different("sample.csv, ", sample$name, " / ", rows$signatory_id[wrong[1]], ", ", column, ", ",
                rows[[column]][wrong[1]], " and ", found[[column]][wrong[1]])
    }
  }
  length(public) * length(found)
}

# What a sample says of all that was due: a ratio over strata, with what is not known as no, or as yes.
ratio <- function(drawn, strata, whole, all) {
  y <- x <- list()
  for (name in names(strata)) {
    rows <- drawn[drawn$stratum == name, ]
    none <- rep(0, strata[[name]]$drawn - nrow(rows)) # those taken back since, of whom nothing is due
    y[[name]] <- c(setNames(rows$implemented + all * rows$unknown, rows$signatory_id), none)
    x[[name]] <- c(rows$due, none)
  }
  size <- vapply(strata, function(one) one$officials, 0)
  n <- lengths(y)
  taken <- whole[["implemented"]] + all * whole[["unknown"]]
  hits <- sum(size * vapply(y, mean, 0))
  rest <- sum(size * vapply(x, mean, 0))
  total <- whole[["due"]] + rest
  value <- (taken + hits) / total
  apart <- Map(function(y, x) y - value * x, y, x)
  spread <- mapply(function(apart, size) {
    n <- length(apart)
    if (n == size) 0 else size^2 * (1 - n / size) / n * var(apart)
  }, apart, size)
  variance <- sum(spread) / total^2
  if (!is.na(variance) && variance < 1e-18) variance <- 0 # what rounding leaves of none
  df <- sum(n - 1)
  floor <- taken / total
  ceiling <- (taken + rest) / total
  share <- if (rest > 0) hits / rest else 0
  ends <- if (sum(n) == sum(size)) c(value, value) else if (is.na(variance) || df < 1) c(floor, ceiling)
  else if (variance == 0 || share %in% c(0, 1)) {
    floor + rest / total * wilson(share, sum(n) / (1 - sum(n) / sum(size)), qt(0.975, df))
  } else wilson(value, value * (1 - value) / variance, qt(0.975, df))
  list(value = value, low = max(ends[1], floor), high = min(ends[2], ceiling), error = sqrt(variance),
       df = df, apart = apart, total = total)
}
# By how much the share moved: those drawn twice are counted once.
moved <- function(before, after, strata, unknown) {
  one <- before[[1 + unknown]]
  two <- after[[2 - unknown]]
  together <- 0
  for (here in names(strata[[1]])) for (there in names(strata[[2]])) {
    mine <- strata[[1]][[here]]
    theirs <- strata[[2]][[there]]
    both <- intersect(theirs$ids, mine$ids)
    if (length(both) < 2) next
    shared <- length(intersect(mine$listed, theirs$listed))
    weight <- mine$officials * theirs$officials * length(both) / (mine$drawn * theirs$drawn) - shared
    together <- together + weight * cov(one$apart[[here]][both], two$apart[[there]][both])
  }
  by <- two$value - one$value
  error <- sqrt(max(one$error^2 + two$error^2 - 2 * together / (one$total * two$total), 0))
  if (isTRUE(one$error * two$error > 0) && min(one$df, two$df) > 0) {
    down <- up <- qt(0.975, min(one$df, two$df)) * error
  } else {
    down <- sqrt((two$value - two$low)^2 + (one$high - one$value)^2)
    up <- sqrt((two$high - two$value)^2 + (one$value - one$low)^2)
  }
  list(by = by, error = error, low = max(by - down, -1), high = min(by + up, 1))
}

check_samples <- function() {
  if (!file.exists("sample_plans.csv")) return(0)
  plans <- read("sample_plans.csv")
  estimates <- read("sample_estimates.csv")
  drawn <- read("sample.csv")
  for (name in c("due", "answered", "implemented", "unknown")) drawn[[name]] <- as.numeric(drawn[[name]])
  current <- plans$plan_id[plans$seed != "" & plans$abandoned_at == ""]
  if (!setequal(current, estimates$plan_id)) different("sample_estimates.csv: its rows")
  checked <- 0
  samples <- shares <- list()
  for (line in seq_len(nrow(plans))) {
    name <- plans$plan_id[line]
    samples[[name]] <- sample_of(plans[line, ])
    own <- drawn[drawn$plan_id == name, ]
    if (samples[[name]]$missing) {
      message("Sample ", name, ": ", samples[[name]]$missing, " lines are about signatures taken back since.")
    } else checked <- checked + check_draw(samples[[name]], own)
    row <- estimates[estimates$plan_id == name, ]
    if (!samples[[name]]$missing && plans$seed[line] != "") {
      checked <- checked + check_known(samples[[name]], plans[line, ], own, row)
    }
    if (!nrow(row)) next
    whole <- c(due = as.numeric(row$due_taken), implemented = as.numeric(row$implemented_taken),
               unknown = as.numeric(row$unknown_taken))
    both <- lapply(0:1, function(all) ratio(own, samples[[name]]$strata, whole, all))
    shares[[name]] <- both
    asked <- own[own$due > 0, ]
    answered <- sum(asked$due == asked$answered)
    if (!samples[[name]]$missing) {
      enough <- nrow(asked) > 0 && answered >= 0.9 * nrow(asked)
      if (row$is_enough != if (enough) "True" else "False") {
        different("sample_estimates.csv, ", name, ", is_enough")
      }
      checked <- checked + 1 +
        compare("sample_estimates.csv", name, row, c(to_answer = nrow(asked), answered = answered), 0)
    }
    checked <- checked + compare("sample_estimates.csv", name, row, c(
      least = both[[1]]$value, most = both[[2]]$value, low = both[[1]]$low, high = both[[2]]$high), 4, 2e-5)
  }
  changes <- read("sample_changes.csv")
  for (line in seq_len(nrow(changes))) {
    row <- changes[line, ]
    pair <- samples[c(row$since_plan, row$plan_id)]
    if (pair[[1]]$missing || pair[[2]]$missing) next
    strata <- lapply(pair, `[[`, "strata")
    found <- lapply(1:0, function(unknown) {
      moved(shares[[row$since_plan]], shares[[row$plan_id]], strata, unknown)
    })
    name <- paste(row$since_plan, "/", row$plan_id)
    checked <- checked +
      compare("sample_changes.csv", name, row, c(error = max(found[[1]]$error, found[[2]]$error)), 4) +
      compare("sample_changes.csv", name, row, c(
        least = found[[1]]$by, most = found[[2]]$by, low = found[[1]]$low, high = found[[2]]$high), 4, 2e-5)
  }
  checked
}

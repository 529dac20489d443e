# Count the published figures of this folder again, and stop if one differs.
#
#     Rscript reproduce.R [FOLDER [EARLIER ...]]
#
# It needs R 4 and no package. From pact.toml and the files of signatories, mandates, answers and measures
# it finds who is bound to what, and when; from actions.csv, which entries stand and from which day each
# counts; hence where each commitment stands on the day of the export, transitions.csv, and how long each
# waited (spells.csv). From commitments.csv it counts each figure of indicators-*.csv and of groups.csv; from
# spells.csv those of incidence.csv and hazard.csv, with their intervals; from the lists of sample_plans.csv
# who is drawn, what is known of them, what that says of all and how two samples compare; from
# agreement_pairs.csv the figures of agreement.csv. It checks the SHA-256 of each file, where R or the machine
# can count it. Where the package survival is installed, its survfit must give the same shares and standard
# errors to 1e-6. Of revisions.csv, which says what the log told of this day at earlier times, it counts the
# rows of the bundles that are given as EARLIER (`monitor export --format bundle --known-at TIME --as-of DAY`):
# each of them is counted again itself, and must give its row.
#
# Figures must agree to the last digit that is published; the limits of a sample, for which Student's
# quantile was published from a series, to 0.00002 more. What is read from random draws is drawn again
# here: the band around a curve must agree to 0.12 standard errors, the limits of alpha must be between
# the 1.25 % and the 3.75 % ends of 20,000 draws.

given <- commandArgs(trailingOnly = TRUE)
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1])
scripts <- normalizePath(dirname(script))
source(file.path(scripts, "reproduce_samples.R"), encoding = "UTF-8")
past <- normalizePath(given[-1], mustWork = TRUE)
if (length(given)) setwd(given[1])
read <- function(name) {
  read.csv(name, colClasses = "character", na.strings = character(), fileEncoding = "UTF-8-BOM",
           check.names = FALSE)
}
different <- function(...) {
  message("DIFFERENT: ", ...)
  quit(status = 1)
}

key <- function(rows) paste(rows$signatory_id, rows$measure, sep = "\r")
source(file.path(scripts, "reproduce_rules.R"), encoding = "UTF-8")

commitments <- read("commitments.csv")
about <- read("indicators-total.csv")
day <- as.Date(about$as_of[1])
of_month <- as.integer(format(day, "%d"))
repeat { # twelve months earlier; of the 29th of February, the 28th
  earlier <- sprintf("%04d-%s-%02d", as.integer(format(day, "%Y")) - 1L, format(day, "%m"), of_month)
  horizon <- tryCatch(as.Date(earlier, optional = FALSE), error = function(e) NA)
  if (!is.na(horizon)) break
  of_month <- of_month - 1L
}

entries <- read("entries.csv")
actions <- read("actions.csv")
told <- actions[match(entries$action_id, actions$action_id), ]
for (column in c("signatory_id", "measure", "kind", "status", "happened_on")) {
  wrong <- which(is.na(told[[column]]) | told[[column]] != entries[[column]])
  if (length(wrong)) different("entries.csv, ", entries$action_id[wrong[1]], ", ", column)
}
checked_rules <- check_entries(entries, actions)
every_entry <- entries[order(entries$counts_on, as.integer(entries$place)), ]
every_moving <- every_entry[every_entry$moves == "True", ]
entries <- entries[as.Date(entries$counts_on) <= day, ]
entries <- entries[order(entries$counts_on, as.integer(entries$place)), ]
last_of <- function(rows, column) tapply(rows[[column]], key(rows), function(cells) tail(cells, 1))
found <- function(values, missing) {
  cells <- unname(values[key(commitments)])
  ifelse(is.na(cells), missing, cells)
}
moving <- entries[entries$moves == "True", ]
counted <- list(
  status = found(last_of(moving, "status"), "not_assessed"),
  actions = found(tapply(entries$seq, key(entries), length), 0),
  last_on = found(last_of(entries, "counts_on"), "")
)
for (column in names(counted)) {
  wrong <- which(as.character(counted[[column]]) != commitments[[column]])
  if (length(wrong)) different("commitment ", key(commitments)[wrong[1]], ", ", column)
}
now <- commitments_on(as.integer(day), moving)
checked_rules <- checked_rules + check_commitments(now, commitments)
if (file.exists("transitions.csv")) {
  checked_rules <- checked_rules + check_transitions(now, read("transitions.csv"), moving)
}
if (file.exists("spells.csv") && file.size("spells.csv") > 0) {
  checked_rules <- checked_rules + check_spells(now, entries, as.integer(day), read("spells.csv"))
}
last_on <- as.Date(ifelse(commitments$last_on == "", NA, commitments$last_on))
ages <- !commitments$status %in%
  c("not_assessed", "no_evidence", "implemented", "abandoned", "not_applicable")
stale <- ages & !is.na(last_on) & last_on < horizon
wrong <- which(stale != (commitments$stale == "True"))
if (length(wrong)) different("commitment ", key(commitments)[wrong[1]], ", stale")
commitments$stale <- stale
commitments$age <- as.numeric(day - last_on)

part_of <- function(part, whole) if (whole > 0) part / whole else NA
figures <- function(rows) {
  due <- rows[rows$binding == "True" & rows$status != "not_applicable", ]
  assessed <- due[due$status != "not_assessed", ]
  done <- sum(due$status == "implemented")
  searched <- sum(due$status == "no_evidence")
  stale <- sum(assessed$stale)
  ever <- rows[rows$ever_bound == "True" & rows$status_ever != "not_applicable", ]
  possible <- done + nrow(due) - nrow(assessed) + searched + stale
  c(
    due = nrow(due), assessed = nrow(assessed), coverage = part_of(nrow(assessed), nrow(due)),
    implemented = done, partly = sum(due$status == "partly_implemented"),
    rate = part_of(done, nrow(assessed)), rate_low = part_of(done, nrow(due)),
    rate_high = part_of(possible, nrow(due)), no_evidence = searched, stale = stale,
    officials = length(unique(due$signatory_id)),
    officials_assessed = length(unique(assessed$signatory_id)),
    entries_per_assessed = part_of(sum(as.integer(assessed$actions)), nrow(assessed)),
    months_since_entry = if (nrow(assessed)) median(assessed$age) / (365.25 / 12) else NA,
    due_ever = nrow(ever), assessed_ever = sum(ever$status_ever != "not_assessed"),
    implemented_ever = sum(ever$status_ever == "implemented"),
    partly_ever = sum(ever$status_ever == "partly_implemented")
  )
}

# Whether a published figure is the one that was counted, to so many digits and a little more.
agrees <- function(cell, counted, places, more = 0) {
  if (is.na(counted) || cell == "") return(is.na(counted) && cell == "")
  abs(as.numeric(cell) - counted) <= 0.500001 * 10^-places + more
}
compare <- function(file, row, published, counted, places, more = 0) {
  for (name in names(counted)) {
    if (!agrees(published[[name]], counted[[name]], places, more)) {
      different(file, ", ", row, ", ", name, ": ", published[[name]], " and ", counted[[name]])
    }
  }
  length(counted)
}

# Cumulative incidence with competing ends (Aalen and Johansen), and what each signatory adds to the share
# at each of some days (infinitesimal jackknife): the squares sum to the variance.
fewer <- function(values, days) findInterval(days - 1, sort(values))
incidence <- function(entry, exit, cause, cluster) {
  days <- sort(unique(exit[cause != "censored"]))
  count <- function(of) tabulate(match(exit[of], days), length(days))
  risk <- fewer(entry, days) - fewer(exit, days)
  own <- count(cause == "event") / risk
  any <- count(cause != "censored") / risk
  before <- c(1, cumprod(1 - any))[seq_along(days)]
  share <- round(cumsum(before * own), 12) # sums leave a little more than 1, or less
  weight <- ifelse(any < 1, 1 / (risk * (1 - any)), 0)
  paid <- c(0, cumsum(before / risk * own))
  passed <- c(0, cumsum(weight * any))
  of_share <- c(0, cumsum(share * weight * any))
  share_at <- function(day) c(0, share)[findInterval(day, days) + 1]
  influence <- function(day) {
    upto <- findInterval(day, days)
    a <- pmin(findInterval(entry, days), upto)
    b <- pmax(pmin(findInterval(exit, days), upto), a)
    now <- share_at(day)
    found <- now * (passed[b + 1] - passed[a + 1]) - (of_share[b + 1] - of_share[a + 1])
    found <- found - (paid[b + 1] - paid[a + 1])
    over <- which(cause != "censored" & exit <= day)
    k <- match(exit[over], days)
    found[over] <- found[over] - (now - share[k]) * weight[k]
    found[over] <- found[over] + ifelse(cause[over] == "event", (before / risk)[k], 0)
    rowsum(found, cluster)[, 1]
  }
  list(share = share_at, influence = influence)
}
# The last day on which five signatories are at risk, or the first that ends all that is, before others
# come; -1 where too few are from the start.
last_shown <- function(rows) {
  there <- rows[rows$entry < rows$exit, ]
  if (nrow(rows) < 20 || length(unique(rows$signatory_id)) < 5) return(-1)
  first <- tapply(there$entry, there$signatory_id, min)
  last <- tapply(there$exit, there$signatory_id, max)
  days <- sort(unique(last), decreasing = TRUE)
  enough <- days[fewer(first, days) - fewer(last, days) >= 5]
  ends <- sort(unique(rows$exit[rows$cause != "censored"]))
  over <- tabulate(match(rows$exit[rows$cause != "censored"], ends), length(ends))
  broken <- ends[over >= fewer(rows$entry, ends) - fewer(rows$exit, ends) & ends <= max(there$entry, -1)]
  if (length(enough)) min(enough[1], broken) else -1
}
z <- qnorm(0.975)
limits <- function(share, error, wide) {
  if (share <= 0 || share >= 1) return(c(NA, NA))
  width <- wide * error / (share * log(share))
  share^exp(c(-width, width))
}
widest <- function(columns) { # how many standard errors hold 95 % of the curves that chance draws
  errors <- sqrt(colSums(columns^2))
  moving <- columns[, errors > 1e-9, drop = FALSE]
  if (!ncol(moving)) return(z)
  scaled <- sweep(moving, 2, sqrt(colSums(moving^2)), "/")
  parts <- eigen(crossprod(scaled), symmetric = TRUE)
  root <- parts$vectors %*% diag(sqrt(pmax(parts$values, 0)), ncol(scaled))
  set.seed(1)
  draws <- matrix(rnorm(10000 * ncol(scaled)), 10000) %*% t(root)
  unname(quantile(apply(abs(draws), 1, max), 0.95))
}
wilson <- function(share, size, wide = z) {
  centre <- (share + wide^2 / (2 * size)) / (1 + wide^2 / size)
  half <- wide * sqrt(share * (1 - share) / size + wide^2 / (4 * size^2)) / (1 + wide^2 / size)
  c(if (share == 0) 0 else centre - half, if (share == 1) 1 else centre + half)
}
# How much the cases of one person are alike.
design_effect <- function(hit, who) {
  cases <- tapply(hit, who, length)
  hits <- tapply(hit, who, sum)
  n <- sum(cases)
  share <- sum(hits) / n
  if (length(cases) < 2 || share <= 0 || share >= 1) return(1)
  between <- length(cases) / (length(cases) - 1) * sum((hits - share * cases)^2) / n^2
  max(1, between / (share * (1 - share) / n))
}
survfit_says <- function(rows, days, share, error) {
  rows <- rows[rows$entry < rows$exit, ]
  kinds <- c("censored", "event", "abandoned", "left_office", "not_applicable")
  rows$cause <- factor(rows$cause, kinds)
  if (nrow(rows) * length(unique(rows$exit)) > 1e7) return(TRUE) # more than memory is sure to hold
  fit <- survival::survfit(survival::Surv(entry, exit, cause) ~ 1, rows, id = seq_along(rows$cause),
                           influence = TRUE)
  at <- match("event", fit$states)
  if (is.na(at) || !any(rows$cause == "event")) return(TRUE)
  for (column in seq_along(days)) {
    place <- findInterval(days[column], fit$time)
    if (place == 0) next
    # Its own standard error takes commitments of one person for independent.
    before <- dim(fit$influence.pstate)[2] - length(fit$time) # it may begin before the first time
    by_person <- rowsum(fit$influence.pstate[, place + before, at], rows$signatory_id)
    apart <- c(fit$pstate[place, at] - share[column], sqrt(sum(by_person^2)) - error[column])
    if (max(abs(apart)) > 1e-6) return(FALSE)
  }
  TRUE
}

checked <- checked_rules
digits <- c(coverage = 4, rate = 4, rate_low = 4, rate_high = 4, entries_per_assessed = 1,
            months_since_entry = 1)
column_of <- c(department = "department_code", region = "region_code", office = "office_ever")
for (file in sort(list.files(pattern = "^indicators-.*[.]csv$"))) {
  by <- sub("^indicators-(.*)[.]csv$", "\\1", file)
  published <- read(file)
  for (line in seq_len(nrow(published))) {
    group <- if (by == "total") "" else published[[by]][line]
    column <- if (by %in% names(column_of)) column_of[[by]] else by
    rows <- if (by == "total") commitments else commitments[commitments[[column]] == group, ]
    for (name in names(now <- figures(rows))) {
      cell <- published[[name]][line]
      places <- if (name %in% names(digits)) digits[[name]] else 0
      if (!agrees(cell, now[[name]], places)) {
        different(file, ", ", group, ", ", name, ": ", cell, " and ", now[[name]])
      }
      checked <- checked + 1
    }
  }
}
# Groups beside the whole, and the limits between which chance alone would leave them.
lowest <- function(n, share, tail) {
  below <- pbinom(0:n, n, share)
  at <- which(below >= tail)[1] - 1
  max((at - (below[at + 1] - tail) / dbinom(at, n, share)) / n, 0)
}
chance <- function(cases, share, level) {
  if (cases > 1000) {
    reach <- qnorm((1 + level) / 2) * sqrt(share * (1 - share) / cases)
    return(c(max(share - reach, 0), min(share + reach, 1)))
  }
  n <- max(round(cases), 1)
  c(lowest(n, share, (1 - level) / 2), 1 - lowest(n, 1 - share, (1 - level) / 2))
}
over_dispersion <- function(apart) {
  known <- sort(apart)
  cut <- length(known) %/% 10
  if (!length(known)) return(1)
  max(1, mean(pmin(pmax(known, known[cut + 1]), known[length(known) - cut])^2))
}
groups <- if (file.exists("groups.csv")) read("groups.csv") else data.frame()
assessed <- commitments[commitments$binding == "True" &
                          !commitments$status %in% c("not_applicable", "not_assessed"), ]
done <- assessed$status == "implemented"
for (part in split(groups, list(groups$grouping, groups$alike), drop = TRUE)) {
  stratum <- if (part$alike[1] == "no") rep("", nrow(assessed)) else
    paste(assessed$measure, assessed$size, assessed$office_ever, sep = "\r")
  share_of <- ave(as.numeric(done), stratum)
  code <- assessed[[paste0(part$grouping[1], "_code")]]
  effect <- design_effect(done, assessed$signatory_id)
  whole <- mean(done)
  enough <- vapply(split(assessed$signatory_id, code),
                   function(who) length(who) >= 5 && length(unique(who)) >= 5, TRUE)
  if (!identical(sort(names(enough)[enough]), sort(part$code))) different("groups.csv: its rows")
  sums <- function(values) tapply(values, code, sum)[match(part$code, sort(unique(code)))]
  n <- sums(rep(1, length(code)))
  variance <- sums(share_of * (1 - share_of))
  apart <- ifelse(variance > 0, (sums(done) - sums(share_of)) / sqrt(variance), NA)
  wide <- effect * over_dispersion(apart / sqrt(effect))
  rate <- pmin(pmax(whole + apart * sqrt(whole * (1 - whole) / n), 0), 1)
  for (line in seq_len(nrow(part))) {
    row <- paste(part$grouping[line], part$code[line], part$alike[line])
    inner <- chance(n[line] / wide, whole, 0.95)
    outer <- chance(n[line] / wide, whole, 0.998)
    out <- if (is.na(rate[line])) 0 else
      (rate[line] < inner[1] || rate[line] > inner[2]) + (rate[line] < outer[1] || rate[line] > outer[2])
    own <- figures(commitments[commitments[[paste0(part$grouping[1], "_code")]] == part$code[line], ])
    checked <- checked +
      compare("groups.csv", row, part[line, ], own["officials_assessed"], 0) +
      compare("groups.csv", row, part[line, ], own[c("coverage", "months_since_entry")], 4) +
      compare("groups.csv", row, part[line, ],
              c(assessed = n[[line]], implemented = sums(done)[[line]], outside = out), 0) +
      compare("groups.csv", row, part[line, ], c(expected = sums(share_of)[[line]]), 1) +
      compare("groups.csv", row, part[line, ],
              c(rate = rate[[line]], inner_low = inner[1], inner_high = inner[2],
                outer_low = outer[1], outer_high = outer[2]), 4)
  }
}

checked <- checked + check_samples() + check_bytes()

# How far two people who read blind agree.
ladder <- c("no_evidence", "not_started", "announced", "decided", "in_progress", "partly_implemented",
            "implemented")
class_of <- function(status) {
  ifelse(status %in% c("implemented", "partly_implemented", "not_applicable"), status, "")
}
# Of each column of weights, one a person: how much their pairs agree beyond chance.
alpha <- function(rows, who, weights, codes, ordinal) {
  size <- length(codes)
  own <- array(0, c(length(who), size, size))
  one <- match(rows$one_status, codes)
  other <- match(rows$other_status, codes)
  for (pair in seq_along(one)) {
    at <- match(rows$official[pair], who)
    own[at, one[pair], other[pair]] <- own[at, one[pair], other[pair]] + 1
    own[at, other[pair], one[pair]] <- own[at, other[pair], one[pair]] + 1
  }
  each <- crossprod(weights, apply(own, c(1, 2), sum)) # draws x codes
  middle <- t(apply(each, 1, cumsum)) - each / 2
  seen <- chance <- rep(0, nrow(each))
  for (a in seq_len(size)) for (b in seq_len(size)[-a]) {
    far <- if (ordinal) (middle[, a] - middle[, b])^2 else 1
    seen <- seen + far * c(crossprod(weights, own[, a, b]))
    chance <- chance + far * each[, a] * each[, b]
  }
  1 - seen * (rowSums(each) - 1) / chance
}
published <- if (file.exists("agreement.csv")) read("agreement.csv") else data.frame()
for (line in seq_len(nrow(published))) {
  row <- published[line, ]
  name <- paste(row$plan_id, row$measure)
  pairs <- read("agreement_pairs.csv")
  pairs <- pairs[pairs$plan_id == row$plan_id, ]
  same <- pairs$one_status == pairs$other_status
  alike <- class_of(pairs$one_status) == class_of(pairs$other_status)
  if (row$measure == "") {
    checked <- checked + compare("agreement.csv", name, row, c(
      pairs = nrow(pairs), officials = length(unique(pairs$official)), same_status = sum(same),
      same_class = sum(alike), same_source = sum(pairs$same_source == "True"),
      same_source_same_status = sum(same & pairs$same_source == "True")), 0)
  } else { # no pair names its measure: of each signatory there is one, and the shares are those of the counts
    all_of_plan <- published[published$plan_id == row$plan_id, ]
    for (column in c("pairs", "not_blind", "same_status", "same_class", "same_source")) {
      parts <- sum(as.integer(all_of_plan[[column]][all_of_plan$measure != ""]))
      if (parts > as.integer(all_of_plan[[column]][all_of_plan$measure == ""])) {
        different("agreement.csv, ", name, ", ", column, ": its measures have more than all")
      }
    }
    pairs <- data.frame(official = seq_len(as.integer(row$pairs)))
    if (nrow(pairs) < 5) different("agreement.csv, ", name, ": too few pairs")
    same <- pairs$official <= as.integer(row$same_status)
    alike <- pairs$official <= as.integer(row$same_class)
    checked <- checked + compare("agreement.csv", name, row, c(officials = nrow(pairs)), 0)
  }
  for (kind in c("status", "class")) {
    hit <- if (kind == "status") same else alike
    shown <- min(nrow(pairs), length(unique(pairs$official))) >= 5
    ends <- if (shown) c(mean(hit), wilson(mean(hit), nrow(pairs) / design_effect(hit, pairs$official)))
    else c(NA, NA, NA)
    names(ends) <- paste0(kind, c("_share", "_low", "_high"))
    checked <- checked + compare("agreement.csv", name, row, ends, 4)
  }
  if (row$measure != "") next
  within <- pairs$one_status %in% ladder & pairs$other_status %in% ladder
  checked <- checked + compare("agreement.csv", name, row, c(ladder = sum(within)), 0)
  set.seed(1)
  who <- unique(pairs$official)
  for (kind in c("ordinal", "nominal")) {
    ordinal <- kind == "ordinal"
    rows <- if (ordinal) pairs[within, ] else pairs
    codes <- if (ordinal) ladder else sort(unique(c(pairs$one_status, pairs$other_status)))
    value <- if (nrow(rows) >= 50) alpha(rows, who, matrix(1, length(who)), codes, ordinal) else NA
    if (is.nan(value)) value <- NA
    checked <- checked + compare("agreement.csv", name, row, setNames(value, kind), 4)
    if (is.na(value)) next
    drawn <- alpha(rows, who, rmultinom(20000, length(who), rep(1, length(who))), codes, ordinal)
    drawn <- sort(drawn[is.finite(drawn)])
    for (end in c("low", "high")) {
      cell <- as.numeric(row[[paste0(kind, "_", end)]])
      ends <- quantile(drawn, if (end == "low") c(0.0125, 0.0375) else c(0.9625, 0.9875), type = 1)
      if (cell < ends[1] - 5.1e-5 || cell > ends[2] + 5.1e-5) {
        different("agreement.csv, ", name, ", ", kind, "_", end, ": ", cell)
      }
      checked <- checked + 1
    }
  }
}

spells <- if (file.exists("spells.csv")) read("spells.csv") else NULL
if (!is.null(spells)) {
  second <- NA # to load survival takes seconds: not for what differs above, nor where no curve is shown
  for (name in c("entry", "exit", "exit_seen")) spells[[name]] <- as.integer(spells[[name]])
  bound <- key(commitments)[commitments$ever_bound == "True"]
  curves <- split(spells, paste(spells$clock, spells$event))
  for (which in names(curves)) {
    if (!identical(sort(key(curves[[which]])), sort(bound))) different("spells.csv, ", which, ": its rows")
  }
  published <- read("incidence.csv")
  for (marks in split(published, paste(published$clock, published$event))) {
    which <- paste(marks$clock[1], marks$event[1])
    rows <- curves[[which]]
    if (is.null(rows)) next
    curve <- incidence(rows$entry, rows$exit, rows$cause, rows$signatory_id)
    silent <- incidence(rows$entry, rows$exit_seen, rows$cause_seen, rows$signatory_id)
    end <- last_shown(curves[[paste(marks$clock[1], "implemented")]])
    end_seen <- last_shown(transform(rows, exit = exit_seen, cause = cause_seen))
    days <- as.integer(marks$days)
    shown <- days[days <= end]
    columns <- vapply(shown, curve$influence, numeric(length(unique(rows$signatory_id))))
    columns <- matrix(columns, ncol = length(shown))
    errors <- sqrt(colSums(columns^2))
    wide <- widest(columns)
    for (line in seq_along(days)) {
      mark <- days[line]
      gone <- rows$cause[rows$exit <= mark]
      counts <- c(happened = sum(gone == "event"), abandoned = sum(gone == "abandoned"),
                  left_office = sum(gone == "left_office"),
                  not_applicable = sum(gone == "not_applicable"), censored = sum(gone == "censored"),
                  at_risk = sum(rows$entry <= mark & rows$exit > mark))
      shares <- c(share = NA, low = NA, high = NA, share_seen = NA)
      if (mark <= end) {
        share <- curve$share(mark)
        alone <- limits(share, errors[line], z)
        shares <- c(share = share, low = alone[1], high = alone[2],
                    share_seen = if (mark <= end_seen) silent$share(mark) else NA)
        sides <- rbind(limits(share, errors[line], wide - 0.12), limits(share, errors[line], wide + 0.12))
        for (side in 1:2) {
          cell <- marks[[c("band_low", "band_high")[side]]][line]
          within <- if (is.na(share) || anyNA(sides)) cell == "" else cell != "" &&
            as.numeric(cell) >= min(sides[, side]) - 6e-5 && as.numeric(cell) <= max(sides[, side]) + 6e-5
          if (!within) different("incidence.csv, ", which, " ", mark, ", band: ", cell)
        }
      }
      row <- paste(which, mark)
      checked <- checked + compare("incidence.csv", row, marks[line, ], counts, 0) +
        compare("incidence.csv", row, marks[line, ], shares, 4)
    }
    if (!length(shown)) next
    if (is.na(second)) {
      second <- requireNamespace("survival", quietly = TRUE)
      if (!second) message("The package survival is not installed: no second opinion on the curves.")
    }
    if (second && !survfit_says(rows, shown, vapply(shown, curve$share, 0), errors)) {
      different("incidence.csv, ", which, ": survfit says otherwise")
    }
  }
  hazards <- read("hazard.csv")
  for (line in seq_len(nrow(hazards))) {
    half <- as.integer(hazards$half_year[line])
    edges <- round(c(half - 1, half) * 365.25 / 2)
    rows <- curves[[paste("office", hazards$event[line])]]
    rows <- rows[rows$entry < edges[1] & edges[1] <= rows$exit, ]
    hit <- rows$cause == "event" & rows$exit < edges[2]
    n <- nrow(rows)
    share <- sum(hit) / n
    ends <- wilson(share, n / design_effect(hit, rows$signatory_id))
    found <- c(share = share, low = ends[1], high = ends[2])
    row <- paste(hazards$event[line], half)
    checked <- checked + compare("hazard.csv", row, hazards[line, ], found, 4) +
      compare("hazard.csv", row, hazards[line, ],
              c(at_risk = n, officials = length(unique(rows$signatory_id)), happened = sum(hit)), 0)
  }
}
# revisions.csv: what the bundles of earlier times give.
revised <- if (file.exists("revisions.csv")) read("revisions.csv") else data.frame()
known_at <- function(folder) { # of a bundle: NA where it says what is known now
  text <- paste(readLines(file.path(folder, "datapackage.json"), encoding = "UTF-8", warn = FALSE),
                collapse = "")
  time <- regmatches(text, regexec("\"known_at\": *(null|\"[^\"]*\")", text))[[1]][2]
  if (identical(time, "null")) NA else sub("[+]00:00$", "Z", gsub("\"", "", time))
}
for (folder in past) {
  says <- suppressWarnings(system2(file.path(R.home("bin"), "Rscript"),
    shQuote(c(file.path(scripts, "reproduce.R"), folder)), stdout = TRUE, stderr = TRUE))
  if (!is.null(attr(says, "status"))) different(folder, ": ", paste(says, collapse = " "))
  told <- read(file.path(folder, "indicators-total.csv"))
  if (told$pact[1] != about$pact[1] || told$as_of[1] != about$as_of[1]) {
    different("revisions.csv, ", folder, " is of another pact or day")
  }
  line <- match(known_at(folder), revised$known_on)
  if (is.na(line)) different("revisions.csv, ", folder, " is not in it")
  for (name in c("due", "officials", "assessed", "coverage", "implemented", "rate_low", "rate_high")) {
    if (revised[[name]][line] != told[[name]][1]) {
      different("revisions.csv, ", revised$known_on[line], ", ", name, ": ", revised[[name]][line], " and ",
                told[[name]][1])
    }
    checked <- checked + 1
  }
  revised <- revised[-line, ]
}
if (nrow(revised)) message("revisions.csv: of ", nrow(revised), " earlier times no bundle was given.")
cat(sprintf("%s on %s, head %s: %d figures, all the same.\n", about$pact[1], day,
            about$log_head[1], checked))

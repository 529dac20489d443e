# Count the published figures of this folder again, and stop if one differs.
#
#     Rscript reproduce.R [FOLDER]
#
# It needs R 4 and no package. From entries.csv it finds where each commitment stands on the day of the
# export and compares that with commitments.csv; from commitments.csv it counts each figure of
# indicators-*.csv; from spells.csv those of incidence.csv and hazard.csv, with their intervals. Where the
# package survival is installed, its survfit must give the same shares and standard errors to 1e-6.
#
# Figures must agree to the last digit that is published. The band around a curve is read from random
# draws: it is drawn again here, and must agree to 0.12 standard errors.

given <- commandArgs(trailingOnly = TRUE)
if (length(given)) setwd(given[1])
read <- function(name) {
  read.csv(name, colClasses = "character", na.strings = character(), fileEncoding = "UTF-8-BOM",
           check.names = FALSE)
}
different <- function(...) {
  message("DIFFERENT: ", ...)
  quit(status = 1)
}

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
entries <- entries[as.Date(entries$counts_on) <= day, ]
entries <- entries[order(entries$counts_on, as.integer(entries$place)), ]
key <- function(rows) paste(rows$signatory_id, rows$measure, sep = "\r")
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
last_on <- as.Date(ifelse(commitments$last_on == "", NA, commitments$last_on))
ages <- !commitments$status %in%
  c("not_assessed", "no_evidence", "implemented", "abandoned", "not_applicable")
commitments$stale <- ages & !is.na(last_on) & last_on < horizon
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

# Whether a published figure is the one that was counted, to so many digits.
agrees <- function(cell, counted, places) {
  if (is.na(counted) || cell == "") return(is.na(counted) && cell == "")
  abs(as.numeric(cell) - counted) <= 0.500001 * 10^-places
}
compare <- function(file, row, published, counted, places) {
  for (name in names(counted)) {
    if (!agrees(published[[name]], counted[[name]], places)) {
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
  share <- cumsum(before * own)
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
# The last day on which five signatories are at risk; -1 where too few are from the start.
last_shown <- function(rows) {
  there <- rows[rows$entry < rows$exit, ]
  if (nrow(rows) < 20 || length(unique(rows$signatory_id)) < 5) return(-1)
  first <- tapply(there$entry, there$signatory_id, min)
  last <- tapply(there$exit, there$signatory_id, max)
  days <- sort(unique(last), decreasing = TRUE)
  enough <- days[fewer(first, days) - fewer(last, days) >= 5]
  if (length(enough)) enough[1] else -1
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
second <- requireNamespace("survival", quietly = TRUE)
if (!second) message("The package survival is not installed: no second opinion on the curves.")
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

checked <- 0
spells <- if (file.exists("spells.csv")) read("spells.csv") else NULL
if (!is.null(spells)) {
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
    days <- as.integer(marks$days)
    shown <- days[days <= end]
    columns <- vapply(shown, curve$influence, numeric(length(unique(rows$signatory_id))))
    columns <- matrix(columns, ncol = length(shown))
    errors <- sqrt(colSums(columns^2))
    wide <- widest(columns)
    if (second && length(shown) &&
        !survfit_says(rows, shown, vapply(shown, curve$share, 0), errors)) {
      different("incidence.csv, ", which, ": survfit says otherwise")
    }
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
        shares <- c(share = share, low = alone[1], high = alone[2], share_seen = silent$share(mark))
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
  }
  hazards <- read("hazard.csv")
  for (line in seq_len(nrow(hazards))) {
    half <- as.integer(hazards$half_year[line])
    edges <- round(c(half - 1, half) * 365.25 / 2)
    rows <- curves[[paste("office", hazards$event[line])]]
    rows <- rows[rows$entry < edges[1] & edges[1] <= rows$exit, ]
    hit <- rows$cause == "event" & rows$exit < edges[2]
    cases <- tapply(hit, rows$signatory_id, length)
    hits <- tapply(hit, rows$signatory_id, sum)
    n <- nrow(rows)
    share <- sum(hit) / n
    effect <- 1
    if (length(cases) > 1 && share > 0 && share < 1) {
      between <- length(cases) / (length(cases) - 1) * sum((hits - share * cases)^2) / n^2
      effect <- max(1, between / (share * (1 - share) / n))
    }
    size <- n / effect
    centre <- (share + z^2 / (2 * size)) / (1 + z^2 / size)
    half_width <- z * sqrt(share * (1 - share) / size + z^2 / (4 * size^2)) / (1 + z^2 / size)
    found <- c(share = share, low = if (share == 0) 0 else centre - half_width,
               high = if (share == 1) 1 else centre + half_width)
    row <- paste(hazards$event[line], half)
    checked <- checked + compare("hazard.csv", row, hazards[line, ], found, 4) +
      compare("hazard.csv", row, hazards[line, ],
              c(at_risk = n, officials = length(cases), happened = sum(hit)), 0)
  }
}

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
cat(sprintf("%s on %s, head %s: %d figures, all the same.\n", about$pact[1], day,
            about$log_head[1], checked))

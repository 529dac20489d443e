# Count the published figures of this folder again, and stop if one differs.
#
#     Rscript reproduce.R [FOLDER]
#
# It needs R 4 and no package. From entries.csv it finds where each commitment stands on the day of the
# export and compares that with commitments.csv; from commitments.csv it counts each figure of
# indicators-*.csv.

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

share <- function(part, whole) if (whole > 0) part / whole else NA
figures <- function(rows) {
  due <- rows[rows$binding == "True" & rows$status != "not_applicable", ]
  assessed <- due[due$status != "not_assessed", ]
  done <- sum(due$status == "implemented")
  searched <- sum(due$status == "no_evidence")
  stale <- sum(assessed$stale)
  ever <- rows[rows$ever_bound == "True" & rows$status_ever != "not_applicable", ]
  possible <- done + nrow(due) - nrow(assessed) + searched + stale
  c(
    due = nrow(due), assessed = nrow(assessed), coverage = share(nrow(assessed), nrow(due)),
    implemented = done, partly = sum(due$status == "partly_implemented"),
    rate = share(done, nrow(assessed)), rate_low = share(done, nrow(due)),
    rate_high = share(possible, nrow(due)), no_evidence = searched, stale = stale,
    officials = length(unique(due$signatory_id)),
    officials_assessed = length(unique(assessed$signatory_id)),
    entries_per_assessed = share(sum(as.integer(assessed$actions)), nrow(assessed)),
    months_since_entry = if (nrow(assessed)) median(assessed$age) / (365.25 / 12) else NA,
    due_ever = nrow(ever), assessed_ever = sum(ever$status_ever != "not_assessed"),
    implemented_ever = sum(ever$status_ever == "implemented"),
    partly_ever = sum(ever$status_ever == "partly_implemented")
  )
}

digits <- c(coverage = 4, rate = 4, rate_low = 4, rate_high = 4, entries_per_assessed = 1,
            months_since_entry = 1)
column_of <- c(department = "department_code", region = "region_code", office = "office_ever")
checked <- 0
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
      agrees <- if (is.na(now[[name]]) || cell == "") is.na(now[[name]]) && cell == ""
        else abs(as.numeric(cell) - now[[name]]) <= 0.500001 * 10^-places
      if (!agrees) different(file, ", ", group, ", ", name, ": ", cell, " and ", now[[name]])
      checked <- checked + 1
    }
  }
}
cat(sprintf("%s on %s, head %s: %d figures, all the same.\n", about$pact[1], day,
            about$log_head[1], checked))

# Which entries stand and from which day each counts, who is bound to what on a day, where each commitment
# stands then, and how long it waited: from pact.toml, signatories, mandates, answers, details, measures and
# actions alone.
#
# reproduce.R runs it. The rules are those that docs and the page Méthode state; reproduce_rules.py has them
# once more. Days are numbers; `i` is the place of a commitment among all.

never <- -1e9
forever <- 1e9
first_day <- function(cells) { # that a date can mean: a day, a month or a year
  if (!length(cells)) return(integer())
  as.integer(as.Date(paste0(cells, substring("-01-01", nchar(cells) - 3)), "%Y-%m-%d"))
}
last_day <- function(cells) {
  year <- suppressWarnings(as.integer(substr(cells, 1, 4)))
  month <- suppressWarnings(as.integer(substr(cells, 6, 7)))
  whole <- is.na(month)
  after <- sprintf("%04d-%02d-01", year + (whole | month %in% 12), ifelse(whole, 1L, month %% 12L + 1L))
  ifelse(nchar(cells) == 10, first_day(cells), as.integer(as.Date(after, "%Y-%m-%d")) - 1L)
}
or <- function(days, missing) ifelse(is.na(days), missing, days)
iso <- function(days) {
  known <- days > never & days < forever - 1
  ifelse(known, format(as.Date(ifelse(known, days, 0), origin = "1970-01-01")), "")
}
logical_cell <- function(found) ifelse(found, "True", "False")
# Of each of n, the largest (or smallest) of its values, `none` of those without one.
largest <- function(values, i, n, none) {
  found <- rep(none, n)
  found[i[order(values)]] <- sort(values)
  found
}
smallest <- function(values, i, n, none) -largest(-values, i, n, -none)
rows_of <- function(name, columns) { # of a file that may not be there
  if (file.exists(name)) return(read(name))
  setNames(data.frame(matrix(character(), 0, length(columns))), columns)
}

toml <- paste(readLines("pact.toml", encoding = "UTF-8", warn = FALSE), collapse = "\n")
toml_day <- function(name, missing) {
  found <- regmatches(toml, regexpr(paste0("(^|\n)", name, " = [0-9-]+(?=\n|$)"), toml, perl = TRUE))
  if (length(found)) first_day(sub(".* = ", "", found)) else missing
}
term_start <- toml_day("term_start", -719163)
term_end <- toml_day("term_end", forever - 1)
election_on <- toml_day("election_on", -719163)
binding_line <- regmatches(toml, regexpr("\nbinding_offices = \\[[^]]*\\]", toml))
names_offices <- length(binding_line) > 0
offices <- if (names_offices) {
  gsub("\"", "", regmatches(binding_line, gregexpr("\"[^\"]*\"", binding_line))[[1]])
} else "mayor"

people <- read("signatories.csv")
measures <- read("measures.csv")
mandates <- rows_of("mandates.csv", c("signatory_id", "office", "started_on", "ended_on", "end_reason"))
answers <- rows_of("answers.csv", c("signatory_id", "measure", "answer", "answered_on",
                                    "former_answer", "former_answered_on"))
details <- rows_of("details.csv", c("signatory_id", "measure", "due_on"))
people$body <- !names_offices & people$kind == "body" & people$outcome == "unknown"
people$until <- or(last_day(people$withdrawn_on) - 1, forever)

# Each time in a binding office, the one that ends last, last.
terms <- local({
  held <- mandates[mandates$office %in% offices, ]
  start <- first_day(held$started_on)
  end <- or(last_day(held$ended_on), term_end)
  over <- held$end_reason == "term_end"
  half <- if (term_end < forever - 1) floor((term_start + term_end) / 2) else term_start + 365
  before <- over & start < term_start & end < half # it went its full length in the term before
  if (term_end < forever - 1) end[over] <- term_end
  assumed <- people[!people$signatory_id %in% mandates$signatory_id &
                      (people$outcome == "elected" | people$body), ]
  n <- nrow(assumed)
  found <- data.frame(
    signatory_id = c(held$signatory_id[!before], assumed$signatory_id),
    start = c(pmax(start, term_start)[!before], rep(term_start, n)),
    end = c(pmin(end, term_end)[!before], rep(term_end, n)),
    office = c(held$office[!before], rep(if (names_offices && length(offices) == 1) offices else "", n))
  )
  found <- found[found$start <= found$end, ]
  found[order(found$end), ]
})
# The rows of terms of each of these people, in that order: (i, place in terms).
terms_of <- function(ids) {
  here <- split(seq_len(nrow(terms)), factor(terms$signatory_id, levels = unique(ids)))
  each <- here[match(ids, names(here))]
  data.frame(i = rep(seq_along(ids), lengths(each)), term = as.integer(unlist(each, use.names = FALSE)))
}

# Who signed what, and the first day on which they can have: all commitments, in the order of the files.
signed <- function(who, measure) {
  own <- match(paste(people$signatory_id[who], measure, sep = "\r"), key(answers))
  since <- or(first_day(people$signed_on[who]), never)
  listed <- !people$signatory_id[who] %in% answers$signatory_id &
    (people$signed_on[who] != "" | nrow(answers) == 0)
  some <- which(people$measures[who] != "")
  listed[some] <- mapply(grepl, paste0(";", measure[some], ";"),
                         paste0(";", people$measures[who][some], ";"), MoreArgs = list(fixed = TRUE))
  from <- ifelse(listed, since, NA)
  given <- which(!listed & !is.na(own) & answers$answer[own] %in% c("yes", "partly"))
  had_agreed <- answers$former_answer[own[given]] %in% c("yes", "partly")
  before <- first_day(ifelse(had_agreed, answers$former_answered_on[own[given]], ""))
  from[given] <- or(before, or(first_day(answers$answered_on[own[given]]), since[given]))
  from
}
every <- data.frame(who = rep(seq_len(nrow(people)), each = nrow(measures)),
                    what = rep(seq_len(nrow(measures)), nrow(people)))
every$since <- signed(every$who, measures$id[every$what])
every <- every[!is.na(every$since), ]
every$signatory_id <- people$signatory_id[every$who]
every$measure <- measures$id[every$what]

# The entries that were neither taken back nor replaced: of one and of all that corrects it, directly or
# not, the last in the file that was not taken back.
those_that_stand <- function(actions) {
  ids <- actions$action_id
  after <- split(seq_along(ids), factor(actions$supersedes, levels = unique(ids)))
  after <- after[lengths(after) > 0]
  is_back <- actions$kind == "retraction"
  origin <- seq_along(ids) # the first entry that each goes back to, by what it corrects
  for (row in which(!is_back & actions$supersedes %in% ids)) {
    while (!is_back[origin[row]] && actions$supersedes[origin[row]] %in% ids) {
      origin[row] <- match(actions$supersedes[origin[row]], ids)
    }
  }
  is_touched <- ids %in% names(after) | duplicated(origin)
  sharing <- split(seq_along(ids), factor(origin, levels = seq_along(ids)))
  known <- new.env()
  withdrawn <- function(row) {
    id <- ids[row]
    if (is.null(known[[id]])) {
      assign(id, any(vapply(after[[id]], function(by) is_back[by] && stands(by), FALSE)), known)
    }
    known[[id]]
  }
  stands <- function(row) {
    left <- Filter(function(one) !withdrawn(one), sharing[[origin[row]]])
    length(left) > 0 && max(left) == row
  }
  ids[!is_back & (!is_touched | vapply(seq_along(ids), function(row) {
    !is_touched[row] || stands(row)
  }, FALSE))]
}

# From which day each entry counts, and whether it says where its commitment stands.
check_entries <- function(entries, actions) {
  known <- actions$action_id[key(actions) %in% key(every)]
  standing <- intersect(those_that_stand(actions), known)
  if (!setequal(standing, entries$action_id)) {
    apart <- c(setdiff(standing, entries$action_id), setdiff(entries$action_id, standing))
    different("entries.csv, ", apart[1], ", is not in it, or should not be")
  }
  entries <- entries[order(as.integer(entries$place)), ]
  if (is.unsorted(rank(entries$first_recorded_at))) {
    different("entries.csv, the places are not in the order in which entries were recorded")
  }
  first <- first_day(entries$happened_on)
  last <- last_day(entries$happened_on)
  recorded <- first_day(substr(entries$first_recorded_at, 1, 10))
  latest <- pmax(first, pmin(last, recorded))
  about <- match(key(entries), key(every))
  held <- terms_of(entries$signatory_id)
  begins <- pmax(terms$start[held$term], every$since[about[held$i]])
  until <- pmin(terms$end[held$term], people$until[every$who[about[held$i]]])
  search <- entries$status[held$i] == "no_evidence" # of all that was done until then
  touches <- begins <= pmin(until, latest[held$i]) & (search | first[held$i] <= until)
  ends <- largest(until[touches], held$i[touches], nrow(entries), NA)
  counts_on <- pmin(latest, or(ends, forever))
  moves <- entries$kind == "assessment" & !is.na(ends)
  in_order <- order(counts_on, as.integer(entries$place))
  found <- (moves & entries$status != "no_evidence")[in_order]
  before <- ave(as.integer(found), key(entries)[in_order], FUN = cumsum) - found
  vain <- entries$status[in_order] == "no_evidence" # it says something while nothing else stands
  moves[in_order[vain & before > 0]] <- FALSE
  counted <- list(counts_on = iso(counts_on), moves = logical_cell(moves))
  for (column in names(counted)) {
    wrong <- which(counted[[column]] != entries[[column]])
    if (length(wrong)) {
      different("entries.csv, ", entries$action_id[wrong[1]], ", ", column, ", ",
                entries[[column]][wrong[1]], " and ", counted[[column]][wrong[1]])
    }
  }
  2 * nrow(entries)
}

earned <- c(implemented = "kept", partly_implemented = "partly_kept", abandoned = "broken")
verdicts <- c(earned, not_applicable = "not_applicable", not_assessed = "not_established",
              no_evidence = "not_established")
named <- function(words, codes, missing) unname(or(words[codes], missing))

# What is known of every commitment on a day. `moving`: the entries that move, in the order in which they
# count. `binds`: its times; `first`, `gone`: from when to when it bound.
commitments_on <- function(today, moving) {
  n <- nrow(every)
  moving <- moving[first_day(moving$counts_on) <= today, ]
  at <- match(key(moving), key(every))
  on <- first_day(moving$counts_on)
  status_by <- function(days) { # of each commitment, by a day of its own
    found <- rep("not_assessed", n)
    told <- on <= days[at]
    found[at[told]] <- moving$status[told]
    found
  }
  who <- people[every$who, ]
  cells <- cbind(details$due_on[match(key(every), key(details))], who$due_on,
                 measures$due_on[every$what])
  cells[is.na(cells)] <- ""
  due_on <- ifelse(cells[, 1] != "", cells[, 1], ifelse(cells[, 2] != "", cells[, 2], cells[, 3]))
  due <- or(last_day(due_on), term_end)
  held <- terms_of(every$signatory_id)
  start <- terms$start[held$term]
  end <- terms$end[held$term]
  begins <- pmax(start, every$since[held$i])
  until <- pmin(ifelse(end >= due[held$i], forever, end), who$until[held$i])
  binds <- begins <= pmin(end, who$until[held$i]) & start <= due[held$i]
  past <- binds & begins <= today
  until <- pmin(until, today)
  gone <- largest(until[past], held$i[past], n, never)
  bound <- gone > never
  office <- rep("", n)
  final <- past & until == gone[held$i]
  office[held$i[final]] <- terms$office[held$term[final]]
  binding <- gone == today
  came <- seq_len(n) %in% held$i[start <= today]
  chosen <- came | ((who$outcome == "elected" | who$body) & today >= election_on)
  comes <- chosen & seq_len(n) %in% held$i[binds & begins > today]
  left <- bound & !binding & !comes
  status <- status_by(rep(today, n))
  ever <- status_by(gone)
  verdict <- rep("not_bound", n)
  verdict[left] <- named(earned, ever, ifelse(gone == who$until, "withdrawn", "mandate_ended"))[left]
  verdict[binding | comes] <- "pending"
  judged <- (binding & due <= today) | (left & gone >= due)
  verdict[judged] <- named(verdicts, ifelse(binding, status, ever), "unfinished")[judged]
  last_word <- !duplicated(data.frame(at, on), fromLast = TRUE)
  later <- seq_len(n) %in% at[last_word & moving$status == "implemented" & on > due[at]]
  lateness <- ifelse(status_by(due) == "implemented", "on_time", ifelse(later, "late", "overdue"))
  lateness[!binding | due > today | status == "not_applicable"] <- ""
  o <- order(at) # keeps the order in which they count
  turns <- c(TRUE, at[o][-1] != at[o][-length(o)] | moving$status[o][-1] != moving$status[o][-length(o)])
  turns <- turns[seq_along(o)]
  since <- rep("", n)
  since[at[o][turns]] <- moving$counts_on[o][turns]
  list(
    cells = data.frame(
      name = who$name, commune = who$commune, kind = who$kind, withdrawn_on = who$withdrawn_on,
      outcome = if (today >= election_on) who$outcome else "unknown", theme = measures$theme[every$what],
      due_on = iso(due), binding = logical_cell(binding), ever_bound = logical_cell(bound),
      left = logical_cell(left), office = ifelse(binding, office, ""), office_ever = office,
      since = since, status = status, status_ever = ifelse(bound, ever, "not_assessed"),
      verdict = verdict, lateness = lateness
    ),
    first = smallest(begins[binds], held$i[binds], n, forever),
    gone = ifelse(left, gone, forever), bound = bound,
    said = data.frame(i = at, on = on, status = moving$status)[last_word, ]
  )
}

check_commitments <- function(found, commitments) {
  if (!setequal(key(commitments), key(every)) || anyDuplicated(key(commitments))) {
    apart <- c(setdiff(key(commitments), key(every)), setdiff(key(every), key(commitments)))
    different("commitments.csv, ", sub("\r", " / ", apart[1]), ", is not in it, or should not be")
  }
  own <- match(key(commitments), key(every))
  place <- read("signed_areas.csv")
  place <- place[match(commitments$commune, place$code), ]
  place$commune_name <- place$name
  for (column in names(found$cells)) {
    compare_cells(commitments, column, as.character(found$cells[[column]])[own])
  }
  for (column in c("commune_name", "department_code", "department", "region_code", "region")) {
    compare_cells(commitments, column, or(place[[column]], ""))
  }
  living <- suppressWarnings(as.numeric(place$population))
  bounds <- c(0, 1000, 3500, 10000, 50000, 200000)
  sizes <- c("lt_1000", "1000_3499", "3500_9999", "10000_49999", "50000_199999", "ge_200000")
  compare_cells(commitments, "size", or(sizes[findInterval(living, bounds)], "unknown"))
  (length(found$cells) + 6) * nrow(commitments)
}
compare_cells <- function(commitments, column, counted) {
  wrong <- which(counted != commitments[[column]])
  if (length(wrong)) {
    row <- commitments[wrong[1], ]
    different("commitments.csv, ", row$signatory_id, " / ", row$measure, ", ", column, ", ",
              row[[column]], " and ", counted[wrong[1]])
  }
}

# How long each commitment that ever bound waited for each event, and what ended the wait.
check_spells <- function(found, entries, today, spells) {
  n <- nrow(every)
  of <- function(statuses) {
    some <- found$said$status %in% statuses
    smallest(found$said$on[some], found$said$i[some], n, forever)
  }
  read_on <- first_day(entries$counts_on)
  read_on <- largest(read_on[read_on <= today], match(key(entries), key(every))[read_on <= today], n, never)
  until <- pmax(min(today, term_end), found$first - 1)
  seen <- pmin(pmax(read_on, found$first - 1), until)
  events <- list(decided = c("decided", "in_progress", "partly_implemented", "implemented"),
                 partly = c("partly_implemented", "implemented"), implemented = "implemented")
  causes <- c("event", "abandoned", "not_applicable", "left_office")
  for (clock in c("office", "term")) for (event in names(events)) {
    origin <- if (clock == "term") rep(term_start, n) else found$first
    ends <- cbind(of(events[[event]]), of("abandoned"), of("not_applicable"), found$gone)
    which_first <- max.col(-ends, ties.method = "first")
    when <- pmax(ends[cbind(seq_len(n), which_first)], found$first)
    cause <- function(stop) ifelse(when <= stop, causes[which_first], "censored")
    counted <- data.frame(entry = found$first - 1 - origin, exit = pmin(when, until) - origin,
                          cause = cause(until), exit_seen = pmin(when, seen) - origin,
                          cause_seen = cause(seen))
    rows <- spells[spells$clock == clock & spells$event == event, ]
    own <- match(key(rows), key(every))
    if (nrow(rows) != sum(found$bound) || anyNA(own) || !all(found$bound[own])) {
      different("spells.csv, ", clock, " ", event, ": its rows")
    }
    for (column in names(counted)) {
      wrong <- which(as.character(counted[[column]])[own] != as.character(rows[[column]]))
      if (length(wrong)) {
        row <- rows[wrong[1], ]
        different("spells.csv, ", clock, " / ", event, " / ", row$signatory_id, " / ", row$measure, ", ",
                  column, ", ", row[[column]], " and ", counted[[column]][own[wrong[1]]])
      }
    }
  }
  nrow(spells)
}

# Of all that has ever bound: where it stood on a day, and where it stands.
check_transitions <- function(now, published, moving) {
  if (!nrow(published)) return(0)
  then <- commitments_on(first_day(published$since[1]), moving)
  stood <- function(found) {
    ifelse(found$cells$binding == "True", found$cells$status, ifelse(found$bound, "ended", "not_yet"))
  }
  before <- stood(then)[now$bound]
  after <- stood(now)[now$bound]
  was <- (then$cells$binding == "True")[now$bound]
  is <- (now$cells$binding == "True")[now$bound]
  way <- c("abandoned", "stalled", "not_started", "announced", "decided", "in_progress",
           "partly_implemented", "implemented")
  nothing <- c("not_assessed", "no_evidence")
  change <- ifelse(match(after, way) > match(before, way), "forward", "back")
  change[before %in% nothing] <- "first"
  change[before == "not_applicable" | after == "not_applicable" | after %in% nothing] <- "apart"
  change[before == after | (before %in% nothing & after %in% nothing)] <- ""
  change[!(was & is)] <- ""
  change[is & !was] <- "entered"
  change[was & !is] <- "left"
  counted <- table(paste(before, after, change, sep = " / "))
  listed <- setNames(published$commitments, paste(published$before, published$after, published$change,
                                                  sep = " / "))
  apart <- c(setdiff(names(counted), names(listed)), setdiff(names(listed), names(counted)))
  if (length(apart)) different("transitions.csv, ", apart[1], ", is not in it, or should not be")
  wrong <- which(as.character(counted) != listed[names(counted)])
  if (length(wrong)) different("transitions.csv, ", names(counted)[wrong[1]], ", commitments, ",
                               listed[names(counted)][wrong[1]], " and ", counted[wrong[1]])
  length(counted)
}

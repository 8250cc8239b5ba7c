# Turns a printed run of admission.pml into sentences.
BEGIN {
  split("append to X|append to X if it is not empty|append to X if it is empty|append to Y if X is not empty|append to X and Y|append to a stream of the gateway's choice|revoke the grant|switch on rule version 2", kinds, "|")
  split("accepted|void: the id is closed|void: a written head is stale|void: a head that was read is stale|void: of another rule version|the reader stops", verdicts, "|")
  split("done|refused|denied", answers, "|")
  split("X Y grants", streams, " ")
}
function verdict(code) { return code == "" ? "" : ": " verdicts[code] }
function heads(    i, text, at) {
  for (i = 6; $i ~ /=/; ++i) {
    split(substr($i, 2), at, "=")
    text = text (substr($i, 1, 1) == "w" ? ", writes " : ", read ") streams[at[1] + 1] (at[2] == "none" ? " as not there" : " after " at[2])
  }
  return text
}
function named_as(    i) { for (i = 6; i <= NF && $i != "as"; ++i); return $(i + 1) ($NF > 1 ? " (rule version " $NF ")" : "") }
$1 == "ASKS" { printf "  S%d (%s) is sent to %s\n", $3, kinds[$4 + 1], $2 }
$1 == "PROPOSES" { printf "  %s proposes %s: S%d %s%s\n", $2, named_as(), $3, $5 == 1 ? "is done" : "is refused", heads() }
$1 == "PLACE" { printf "  the log has %s at place %d%s\n", $3, $2, verdict($4) }
$1 == "READS" { printf "  %s reads %s%s\n", $2, $3, verdict($4) }
$1 == "SAYS" { printf "  %s answers: S%d is %s\n", $2, $3, answers[$4] }
$1 == "UNKNOWN" { printf "  %s answers: whether S%d is done is unknown\n", $2, $3 }
$1 == "LOST" { printf "  %s never gets a place\n", $2 }
$1 == "CRASH" { printf "  %s is killed and starts again\n", $2 }
$1 == "TRUNCATED" { printf "  the log loses its tail: it ends at place %d\n", $2 }
$1 == "STOPS" { printf "  %s reads its last record again and stops\n", $2 }
$1 == "BROKEN" { $1 = ""; printf "  broken:%s\n", $0 }

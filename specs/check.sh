#!/usr/bin/env bash
# Checks the TLA+ specification with TLC.
#
#   specs/check.sh MODEL...      the models specs/tla/MODEL.cfg
#   specs/check.sh small         every model of at most a minute or two
#   specs/check.sh large         the models of up to two million states
#   specs/check.sh mistake:NAME  one of them
#   specs/check.sh mistakes      every seeded mistake of specs/tla/mistakes.txt: TLC must report the property named there
#   specs/check.sh trace FILE... traces of real servers, as 'raft test --tla' and 'raft replay --tla' write them: TLC must accept them
#
#   specs/check.sh compare MODEL  whether the shipping core reaches the same states as the specification
#   specs/check.sh compare-steps MODEL  the same with the steps between them; for models of at most some ten thousand states
#
# TLA2TOOLS_JAR names the TLA+ tools (tla2tools.jar of a release of tlaplus/tlaplus); Java 11 or newer runs them.
# COMMUNITY_MODULES_JAR names CommunityModules.jar (of a release of tlaplus/CommunityModules), which reads traces; only 'trace' needs it.
# TLC_WORKERS and TLC_MEMORY set the number of workers (all cores unless set) and the heap (4g unless set).
# Ends with 0 when all is as it should be, with 1 on bad arguments, with 2 when a check failed.
set -u
started_in=$PWD
cd "$(dirname "$0")/tla" || exit 1

models() { ls ./*.cfg | sed 's|./||; s|\.cfg||' | grep -v '^TraceRaft$' | tr '\n' ' '; }

small="single elections replication2 replication3 crashes snapshots snapshots2 snapshots3 snapshots-async async3 reads altogether liveness liveness-heartbeats liveness-snapshots"
large="reads-again heartbeats3 conflicts everything restarts3"

if [ $# -eq 0 ]; then
    echo "check.sh: no model is named; expected 'small', 'large', 'mistakes', 'trace FILE...', or some of: $(models)" >&2
    exit 1
fi
if [ -z "${TLA2TOOLS_JAR:-}" ]; then
    echo "check.sh: TLA2TOOLS_JAR is not set; expected the path of tla2tools.jar" >&2
    exit 1
fi
if [ ! -f "$TLA2TOOLS_JAR" ]; then
    echo "check.sh: TLA2TOOLS_JAR is '$TLA2TOOLS_JAR', which is no file; expected the path of tla2tools.jar" >&2
    exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

tlc() { # tlc CONFIG LOG OPTION...
    java -XX:+UseParallelGC -Xmx"${TLC_MEMORY:-4g}" -cp "$TLA2TOOLS_JAR" tlc2.TLC \
        -workers "${TLC_WORKERS:-auto}" -metadir "$work/states" -noGenerateSpecTE -config "$1" "${@:3}" MCRaft > "$2" 2>&1
}

expect_model() { # expect_model MODEL
    if [ ! -f "$1.cfg" ] || [ "$1" = TraceRaft ]; then
        echo "check.sh: there is no model '$1'; expected some of: $(models)" >&2
        exit 1
    fi
}

# One worker: it writes the states in one go.
compare() { # compare MODEL DUMP OPTION...
    expect_model "$1"
    if ! TLC_WORKERS=1 tlc "$1.cfg" "$work/log" -dump "${@:3}" "$work/$1"; then
        echo "$1: FAILED"
        grep -v '^Linting\|^Semantic\|^Parsing' "$work/log"
        failed=1
    elif ! dotnet run -c Release --project ../../src/Raft.Verified.Cli -- check "$1" --compare "$work/$1.$2"; then
        failed=1
    fi
    rm -f "$work/$1.$2"
}

check_model() { # check_model MODEL
    expect_model "$1"
    if tlc "$1.cfg" "$work/log"; then
        echo "$1: $(grep -o '[0-9]* states generated, [0-9]* distinct states found' "$work/log" | tail -1), depth $(grep -o 'search is [0-9]*' "$work/log" | grep -o '[0-9]*'), no error"
    else
        echo "$1: FAILED"
        grep -v '^Linting\|^Semantic\|^Parsing' "$work/log"
        failed=1
    fi
}

# Older releases of TLC do not name the liveness property that is violated: then the first one of the model that is, checked alone, is meant.
check_mistake() { # check_mistake NAME MODEL OVERRIDE PROPERTY
    { cat "$2.cfg"; echo "CONSTANTS"; echo "    $3"; } > "$work/mistake.cfg"
    local reported property
    tlc "$work/mistake.cfg" "$work/log"
    reported=$(grep -oE '(Invariant|Action property|property|Temporal property|Temporal properties) [A-Za-z]+ .*(is|was|were) violated' "$work/log" | head -1 | sed -E 's/^(Invariant|Action property|property|Temporal property|Temporal properties) ([A-Za-z]+) .*/\2/')
    [ "$reported" != were ] || reported=
    if [ -z "$reported" ] && grep -q 'Temporal properties were violated' "$work/log"; then
        for property in $(grep '^PROPERTIES' "$2.cfg" | cut -d' ' -f2-); do
            sed "s/^PROPERTIES.*/PROPERTIES $property/" "$work/mistake.cfg" > "$work/alone.cfg"
            if ! tlc "$work/alone.cfg" "$work/log" && grep -q 'Temporal properties were violated' "$work/log"; then
                reported=$property
                break
            fi
        done
    fi
    if [ "$reported" = "$4" ]; then
        echo "$1: $4, as expected"
    else
        echo "$1: FAILED: reported '${reported:-nothing}'; expected $4"
        grep -m 3 -i 'error' "$work/log"
        failed=1
    fi
}

check_trace() { # check_trace FILE
    local file=$1 lines taken rejection
    case $file in /*) ;; *) file=$started_in/$file ;; esac
    if [ ! -f "$file" ]; then
        echo "check.sh: '$1' is no file; expected a trace, as 'raft test --tla' writes it" >&2
        exit 1
    fi
    lines=$(grep -c '' "$file")
    TRACE=$file java -XX:+UseSerialGC -Xss64m -Xmx"${TLC_MEMORY:-4g}" -cp "$TLA2TOOLS_JAR:$COMMUNITY_MODULES_JAR" tlc2.TLC \
        -workers 1 -metadir "$work/states" -noGenerateSpecTE -config TraceRaft.cfg TraceRaft > "$work/log" 2>&1
    local status=$?
    taken=$(sed -nE 's/^<<"lines taken", ([0-9]+), "of", [0-9]+>>$/\1/p' "$work/log")
    rejection=$(tr '\n' ' ' < "$work/log" | grep -oE '<< ?"rejected at line".*' | sed -E 's/ (Model checking completed|Error: |<< ?"lines taken").*//; s/ +/ /g' | cut -c1-2000)
    if [ $status -eq 0 ] && [ "$taken" = "$lines" ] && [ -z "$rejection" ]; then
        echo "$1: accepted, $lines lines"
    elif [ -n "$rejection" ]; then
        echo "$1: REJECTED: $rejection"
        failed=1
    elif [ $status -eq 0 ] && [ -n "$taken" ]; then
        echo "$1: REJECTED: rejected at line $((taken + 1)): no action of the specification"
        failed=1
    else
        echo "$1: REJECTED: $(grep -m 1 -A 2 '^Error' "$work/log" | tr '\n' ' ')"
        failed=1
    fi
}

if [ "$1" = trace ]; then
    shift
    if [ $# -eq 0 ]; then
        echo "check.sh: no trace is named; expected files, as 'raft test --tla' writes them" >&2
        exit 1
    fi
    if [ ! -f "${COMMUNITY_MODULES_JAR:-}" ]; then
        echo "check.sh: COMMUNITY_MODULES_JAR is '${COMMUNITY_MODULES_JAR:-}'; expected the path of CommunityModules.jar" >&2
        exit 1
    fi
    for trace in "$@"; do check_trace "$trace"; done
    [ $failed -eq 0 ] || exit 2
    exit 0
fi

mode=check
for model in "$@"; do
    case $mode in
        compare) compare "$model" dump; continue ;;
        compare-steps) compare "$model" dot dot,actionlabels; continue ;;
    esac
    case $model in
        compare | compare-steps) mode=$model ;;
        small) for each in $small; do check_model "$each"; done ;;
        large) for each in $large; do check_model "$each"; done ;;
        mistakes)
            while IFS='|' read -r name base override property _; do
                check_mistake "$(xargs <<< "$name")" "$(xargs <<< "$base")" "$(xargs <<< "$override")" "$(xargs <<< "$property")"
            done < <(grep -v '^#\|^$' mistakes.txt) ;;
        mistake:*)
            if ! grep -q "^${model#mistake:} " mistakes.txt; then
                echo "check.sh: there is no mistake '${model#mistake:}'; expected one of specs/tla/mistakes.txt" >&2
                exit 1
            fi
            while IFS='|' read -r name base override property _; do
                check_mistake "$(xargs <<< "$name")" "$(xargs <<< "$base")" "$(xargs <<< "$override")" "$(xargs <<< "$property")"
            done < <(grep "^${model#mistake:} " mistakes.txt) ;;
        *) check_model "$model" ;;
    esac
done

if [ "$mode" = "${*: -1}" ]; then
    echo "check.sh: '$mode' names no model; expected one or more" >&2
    exit 1
fi
[ $failed -eq 0 ] || exit 2

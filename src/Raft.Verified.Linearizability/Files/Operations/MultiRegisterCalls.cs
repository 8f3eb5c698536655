using System.Collections.Immutable;
using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>
/// The calls of several registers. They are either <c>:txn</c> of <c>[[:read x nil] [:write y 1]]</c>, also with
/// <c>:r</c> and <c>:w</c>, or <c>:read</c> and <c>:write</c> of a map <c>{x 1, y 2}</c>. The return of a read may name
/// the registers when its call does not.
/// </summary>
internal static class MultiRegisterCalls
{
    private const string Steps = "reads and writes, such as [[:r x nil] [:w y 1]], or a map such as {x 1, y 2} to :read and :write";

    /// <summary>The model, with one group of registers per key, and the translation of calls for it.</summary>
    public static CallMeaning<MultiRegisterState, Keyed<MultiRegisterCommand>, MultiRegisterAnswer> Meaning { get; } = new(
        ["txn", "read", "write"],
        initial => KeyedModel.Of(initial is null ? MultiRegisterModel.Instance : MultiRegisterModel.StartingWith(Initial(initial))),
        (call, reading) => Read(call, reading) is { } read ? (new Keyed<MultiRegisterCommand>(call.Object, read.Command), read.Answer) : null)
    {
        TakesInitial = true,
    };

    private static MultiRegisterState Initial(EdnValue value)
    {
        if (value is not { Kind: EdnKind.Map })
        {
            throw new EdnException($"found {value}; expected a map of registers, such as {{:x 0, :y 0}}");
        }

        MultiRegisterState state = MultiRegisterState.Empty;
        for (int i = 0; i < value.Items.Count; i += 2)
        {
            state = state.Write(value.Items[i].Canonical(), value.Items[i + 1].Kind == EdnKind.Nil ? DataValue.Nil : new DataValue(value.Items[i + 1].Canonical()));
        }

        return state;
    }

    private static (MultiRegisterCommand Command, MultiRegisterAnswer Answer)? Read(RecordedCall call, HistoryReading reading)
    {
        List<MultiRegisterStep>? asked = StepsOf(call.Asked, call);
        if (!call.IsOk)
        {
            return asked is null && call.Function != "read" ? throw call.BadArgument(Steps) : (new MultiRegisterCommand([.. asked ?? []]), new MultiRegisterAnswer([]));
        }

        List<MultiRegisterStep>? got = StepsOf(call.Got ?? EdnValue.Nil, call);
        asked ??= call.Function == "read" && got is not null ? got : throw call.BadArgument(Steps);
        if (got is null && asked.Exists(step => !step.IsWrite))
        {
            throw call.Got is null ? call.Return!.Problem($"found no :value; expected {Steps}") : call.BadResult(Steps);
        }

        got = got is null ? asked : Matched(asked, got, call);
        ImmutableArray<DataValue?> read =
        [
            .. got.Where(step => !step.IsWrite).Select(step => step.Value == DataValue.Nil && reading.NilRead == NilRead.Unknown ? (DataValue?)null : step.Value),
        ];
        return (new MultiRegisterCommand([.. asked.Select(step => step.IsWrite ? step : step with { Value = DataValue.Nil })]), new MultiRegisterAnswer(read));
    }

    // Returns the steps of the return in the order of the call. The entries of a map have no order of their own.
    private static List<MultiRegisterStep> Matched(List<MultiRegisterStep> asked, List<MultiRegisterStep> got, RecordedCall call)
    {
        bool isOrdered = call.Got!.Untagged.Kind == EdnKind.Sequence;
        List<MultiRegisterStep> matched = [];
        for (int i = 0; i < asked.Count; i++)
        {
            MultiRegisterStep step = asked[i];
            int at = isOrdered ? i : got.FindIndex(other => other.Register == step.Register);
            if (asked.Count != got.Count || at < 0 || got[at].Register != step.Register || got[at].IsWrite != step.IsWrite || (step.IsWrite && got[at].Value != step.Value))
            {
                throw call.Return!.Problem($"client {call.Call.Client} returns from '{call.Return}'; expected the return of its call '{call.Call}' of line {call.Call.Line}");
            }

            matched.Add(got[at]);
        }

        return matched;
    }

    // Returns null when the value is nil.
    private static List<MultiRegisterStep>? StepsOf(EdnValue value, RecordedCall call)
    {
        HistoryEntry entry = ReferenceEquals(value, call.Got) ? call.Return! : call.Call;
        value = value.Untagged;
        List<MultiRegisterStep> steps = [];
        switch (value.Kind)
        {
            case EdnKind.Nil:
                return null;
            case EdnKind.Map when call.Function != "txn":
                for (int i = 0; i < value.Items.Count; i += 2)
                {
                    steps.Add(new(call.Function == "write", RecordedCall.ValueOf(value.Items[i], entry).ToString(), RecordedCall.ValueOf(value.Items[i + 1], entry)));
                }

                return steps;
            case EdnKind.Sequence:
                steps.AddRange(value.Items.Select(item => StepOf(item.Untagged, call.Function, entry)));
                return steps;
            default:
                throw entry.Problem($"found :value {value}; expected {Steps}");
        }
    }

    private static MultiRegisterStep StepOf(EdnValue item, string function, HistoryEntry entry)
    {
        bool isTriple = item is { Kind: EdnKind.Sequence, Items.Count: 3 };
        string? name = isTriple ? item.Items[0].Name : null;
        bool isRead = name is "r" or "read";
        if (!isTriple || !(isRead || name is "w" or "write") || (function != "txn" && isRead != (function == "read")))
        {
            throw entry.Problem($"found {item} in the value of :{function}; expected [:r register value] or [:w register value]");
        }

        return new(!isRead, RecordedCall.ValueOf(item.Items[1], entry).ToString(), RecordedCall.ValueOf(item.Items[2], entry));
    }
}

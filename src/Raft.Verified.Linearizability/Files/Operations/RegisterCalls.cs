using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>
/// The calls of a register: <c>:read</c>, <c>:write</c> of a value, and <c>:cas</c> of <c>[expected new]</c>. Values
/// may be of any kind.
/// </summary>
internal static class RegisterCalls
{
    /// <summary>The model, with one register per key, and the translation of calls for it.</summary>
    public static CallMeaning<RegisterState, Keyed<RegisterCommand>, RegisterAnswer> Meaning { get; } = new(
        ["read", "write", "cas"],
        initial => KeyedModel.Of(initial is null ? RegisterModel.Instance : RegisterModel.StartingWith(Initial(initial))),
        (call, reading) => Read(call, reading) is { } read ? (new Keyed<RegisterCommand>(call.Object, read.Command), read.Answer) : null)
    {
        TakesInitial = true,
    };

    private static DataValue Initial(EdnValue value) => value.Kind == EdnKind.Nil ? DataValue.Nil : new DataValue(value.Canonical());

    private static (RegisterCommand Command, RegisterAnswer Answer)? Read(RecordedCall call, HistoryReading reading)
    {
        switch (call.Function)
        {
            case "read" when !call.IsOk:
                return (RegisterCommand.Read(), default);
            case "read":
                DataValue got = RecordedCall.ValueOf(call.Result("the value read, or nil"), call.Return!);
                return got == DataValue.Nil && reading.NilRead == NilRead.Unknown
                    ? null
                    : (RegisterCommand.Read(), new RegisterAnswer(RegisterCommandKind.Read, got));
            case "write":
                call.CheckRepeats();
                return (RegisterCommand.Write(Argument(call)), new RegisterAnswer(RegisterCommandKind.Write));
            default:
                call.CheckRepeats();
                return (CompareAndSet(call), new RegisterAnswer(RegisterCommandKind.CompareAndSet, Succeeded: call.IsOk));
        }
    }

    private static DataValue Argument(RecordedCall call) => call.Call.Value is null ? throw call.Call.Problem("found no :value; expected the value to write") : call.AskedValue;

    private static RegisterCommand CompareAndSet(RecordedCall call) => call.Asked.Untagged is { Kind: EdnKind.Sequence, Items.Count: 2 } pair
        ? RegisterCommand.CompareAndSet(RecordedCall.ValueOf(pair.Items[0], call.Call), RecordedCall.ValueOf(pair.Items[1], call.Call))
        : throw call.BadArgument("[expected new]");
}

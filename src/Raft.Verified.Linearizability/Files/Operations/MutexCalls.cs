using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>The calls of a mutex: <c>:acquire</c> and <c>:release</c>, with any values.</summary>
internal static class MutexCalls
{
    /// <summary>The model, with one mutex per key, and the translation of calls for it.</summary>
    public static CallMeaning<MutexState, Keyed<MutexCommand>, MutexAnswer> Meaning { get; } = new(
        ["acquire", "release"],
        _ => KeyedModel.Of(MutexModel.Instance),
        (call, _) => (new Keyed<MutexCommand>(call.Object, new MutexCommand(call.Function == "acquire")), new MutexAnswer(true)));
}

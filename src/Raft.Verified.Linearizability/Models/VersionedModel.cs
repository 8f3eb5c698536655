namespace Raft.Verified.Linearizability.Models;

/// <summary>The model of a key/value store whose puts name the version that they replace.</summary>
public static class VersionedModel
{
    /// <summary>
    /// The model, in which each key is a separate part. Value, version and outcome of an answer are all compared.
    /// </summary>
    public static SequentialModel<VersionedState, VersionedCommand, VersionedAnswer> Instance { get; } = new()
    {
        Name = "versioned",
        Initial = new VersionedState("", 0),
        PartOf = command => command.Key,
        IsReadOnly = command => !command.IsPut,
        Step = Step,
        Accepts = (got, expected) => got == expected || (got == new VersionedAnswer(VersionedOutcome.Maybe) && MayBecomeMaybe(expected)),
    };

    private static (VersionedState State, VersionedAnswer Answer) Step(VersionedState state, VersionedCommand command) => command switch
    {
        { IsPut: false } when state.Version == 0 => (state, new VersionedAnswer(VersionedOutcome.NoKey)),
        { IsPut: false } => (state, new VersionedAnswer(VersionedOutcome.Ok, state.Value, state.Version)),
        _ when command.Version == state.Version => (new VersionedState(command.Value, state.Version + 1), new VersionedAnswer(VersionedOutcome.Ok)),
        _ => (state, new VersionedAnswer(state.Version == 0 ? VersionedOutcome.NoKey : VersionedOutcome.WrongVersion)),
    };

    // Only a put may be answered by "maybe", and not when the key does not exist: a put that took effect creates the
    // key.
    private static bool MayBecomeMaybe(VersionedAnswer answer) =>
        answer.Value is null && answer.Outcome is VersionedOutcome.Ok or VersionedOutcome.WrongVersion;
}

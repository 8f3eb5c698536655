namespace Raft.Verified.Linearizability.Models;

/// <summary>A mutex that is free at first. It does not remember its holder: another client may give it back.</summary>
public static class MutexModel
{
    /// <summary>The model.</summary>
    public static SequentialModel<MutexState, MutexCommand, MutexAnswer> Instance { get; } = new()
    {
        Name = "mutex",
        Initial = new MutexState(false),
        Step = (state, command) => state.IsHeld != command.IsAcquire
            ? (new MutexState(command.IsAcquire), new MutexAnswer(true))
            : (state, new MutexAnswer(false)),
    };
}

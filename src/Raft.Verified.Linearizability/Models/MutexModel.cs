namespace Raft.Verified.Linearizability.Models;

/// <summary>
/// The model of a mutex that is free initially. It does not record its holder, so any client may release it.
/// </summary>
public static class MutexModel
{
    /// <summary>The model of one mutex.</summary>
    public static SequentialModel<MutexState, MutexCommand, MutexAnswer> Instance { get; } = new()
    {
        Name = "mutex",
        Initial = new MutexState(false),
        Step = (state, command) => state.IsHeld != command.IsAcquire
            ? (new MutexState(command.IsAcquire), new MutexAnswer(true))
            : (state, new MutexAnswer(false)),
    };
}

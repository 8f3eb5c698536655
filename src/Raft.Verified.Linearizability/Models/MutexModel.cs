namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a mutex.</summary>
/// <param name="IsAcquire">Whether the mutex is taken; otherwise it is given back.</param>
public readonly record struct MutexCommand(bool IsAcquire)
{
    /// <summary>Takes the mutex.</summary>
    public static MutexCommand Acquire => new(true);

    /// <summary>Gives the mutex back.</summary>
    public static MutexCommand Release => new(false);

    /// <inheritdoc />
    public override string ToString() => IsAcquire ? "acquire" : "release";
}

/// <summary>An answer of a mutex.</summary>
/// <param name="IsPossible">
/// Whether the command could be carried out. Taking a mutex that is held is impossible, and giving one back that is free: no client reports it as done.
/// </param>
public readonly record struct MutexAnswer(bool IsPossible)
{
    /// <inheritdoc />
    public override string ToString() => IsPossible ? "ok" : "impossible";
}

/// <summary>The state of a mutex.</summary>
/// <param name="IsHeld">Whether anybody holds the mutex.</param>
public readonly record struct MutexState(bool IsHeld)
{
    /// <inheritdoc />
    public override string ToString() => IsHeld ? "held" : "free";
}

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

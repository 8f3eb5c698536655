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

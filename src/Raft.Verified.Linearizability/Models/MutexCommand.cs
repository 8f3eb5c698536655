namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a mutex.</summary>
/// <param name="IsAcquire">True to acquire the mutex, false to release it.</param>
public readonly record struct MutexCommand(bool IsAcquire)
{
    /// <summary>The command that acquires the mutex.</summary>
    public static MutexCommand Acquire => new(true);

    /// <summary>The command that releases the mutex.</summary>
    public static MutexCommand Release => new(false);

    /// <inheritdoc />
    public override string ToString() => IsAcquire ? "acquire" : "release";
}

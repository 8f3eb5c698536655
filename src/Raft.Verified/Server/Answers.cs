namespace Raft.Verified.Server;

/// <summary>Helpers that answer clients with failures.</summary>
internal static class Answers
{
    /// <summary>
    /// Answers with an exception. The exception is marked as observed, because a client that has given up never reads
    /// it.
    /// </summary>
    public static void Fail<T>(TaskCompletionSource<T> completion, Exception exception)
    {
        if (completion.TrySetException(exception))
        {
            _ = completion.Task.Exception;
        }
    }

    /// <inheritdoc cref="Fail{T}"/>
    public static void Fail(TaskCompletionSource completion, Exception exception)
    {
        if (completion.TrySetException(exception))
        {
            _ = completion.Task.Exception;
        }
    }
}

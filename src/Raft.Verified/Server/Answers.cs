namespace Raft.Verified.Server;

/// <summary>Failures as answers to clients.</summary>
internal static class Answers
{
    /// <summary>Answers with an exception. A client that has given up does not look any more, which makes it no unobserved exception.</summary>
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

namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The waits for several tasks. The framework's <c>WhenAny</c> and <c>WhenAll</c> go through the thread pool when a
/// task asks for asynchronous continuations. They would leave the controlled world; these waits consist of awaits
/// alone.
/// </summary>
public static class Tasks
{
    /// <summary>
    /// Completes when the first of the tasks does, with whatever outcome. The caller inspects the tasks to see which
    /// one it was.
    /// </summary>
    public static Task AnyAsync(params ReadOnlySpan<Task> tasks)
    {
        TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (Task task in tasks)
        {
            if (task.IsCompleted)
            {
                return Task.CompletedTask;
            }
        }

        Action signal = () => first.TrySetResult();
        foreach (Task task in tasks)
        {
            task.GetAwaiter().UnsafeOnCompleted(signal);
        }

        return first.Task;
    }

    /// <summary>
    /// Completes when all tasks have completed; throws the exception of the first failed one in the given order.
    /// </summary>
    public static async Task AllAsync(params Task[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        foreach (Task task in tasks)
        {
            await task;
        }
    }
}

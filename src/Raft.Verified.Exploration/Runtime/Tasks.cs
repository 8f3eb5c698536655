namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// Waiting for several tasks. The framework's <c>WhenAny</c> and <c>WhenAll</c> go through the thread pool when a task asks for asynchronous
/// continuations, and so leave the controlled world; these are made of awaits alone.
/// </summary>
public static class Tasks
{
    /// <summary>Completes when the first of the tasks does, however it does. Look at the tasks to see which.</summary>
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

    /// <summary>Completes when all tasks have; with the exception of the first one, in the given order, that failed.</summary>
    public static async Task AllAsync(params Task[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        foreach (Task task in tasks)
        {
            await task;
        }
    }
}

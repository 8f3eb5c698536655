namespace Raft.Verified.KeyValue;

/// <summary>
/// A wait for a task that does not throw. Refusals are common here, and a thrown exception costs about a thousand times
/// as much as a returned one.
/// </summary>
internal static class Settled
{
    public static Task Of(Task task)
    {
        if (task.IsCompleted)
        {
            return Task.CompletedTask;
        }

        TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        task.GetAwaiter().UnsafeOnCompleted(() => settled.TrySetResult());
        return settled.Task;
    }
}

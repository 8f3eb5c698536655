namespace Raft.Verified.Server;

/// <summary>
/// The starter of the server's tasks. It is injected, so that an exploration decides where and when the tasks run.
/// </summary>
public interface IRaftTaskStarter
{
    /// <summary>Starts a task, without running any of it on the caller's stack.</summary>
    /// <param name="name">The task's purpose, as shown in readable logs.</param>
    /// <param name="body">
    /// The task's body. It must not run on the caller's stack, because the caller may start other tasks first. On
    /// another thread it may run at any time, even before this method returns.
    /// </param>
    /// <returns>A task that completes as <paramref name="body"/> does.</returns>
    Task Start(string name, Func<Task> body);
}

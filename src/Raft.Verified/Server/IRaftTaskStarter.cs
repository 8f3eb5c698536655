namespace Raft.Verified.Server;

/// <summary>Starts the server's tasks. Injected, so that an exploration decides where and when they run.</summary>
public interface IRaftTaskStarter
{
    /// <summary>Starts a task, without running any of it on the caller's stack.</summary>
    /// <param name="name">The task's purpose, as shown in readable logs.</param>
    /// <param name="body">
    /// The task's body. Must not run inside of this call: whoever starts it goes on first, for example starts other tasks. Elsewhere, as on the thread pool, it may run
    /// at any time, also before this method returns.
    /// </param>
    /// <returns>A task that completes as <paramref name="body"/> does.</returns>
    Task Start(string name, Func<Task> body);
}

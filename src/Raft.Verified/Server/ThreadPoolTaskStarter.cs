namespace Raft.Verified.Server;

/// <summary>The task starter for production, which uses the thread pool.</summary>
public sealed class ThreadPoolTaskStarter : IRaftTaskStarter
{
    /// <inheritdoc />
#pragma warning disable RS0030 // The one place that wraps Task.Run.
    public Task Start(string name, Func<Task> body) => Task.Run(body);
#pragma warning restore RS0030
}

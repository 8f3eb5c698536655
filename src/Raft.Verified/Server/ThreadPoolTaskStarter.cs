namespace Raft.Verified.Server;

/// <summary>Starts tasks on the thread pool: the starter for production.</summary>
public sealed class ThreadPoolTaskStarter : IRaftTaskStarter
{
    /// <inheritdoc />
#pragma warning disable RS0030 // The one place that wraps Task.Run.
    public Task Start(string name, Func<Task> body) => Task.Run(body);
#pragma warning restore RS0030
}

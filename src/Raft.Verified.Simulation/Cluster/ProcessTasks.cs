using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Server;

namespace Raft.Verified.Simulation;

/// <summary>Starts a server's tasks in its simulated process.</summary>
/// <param name="process">The process.</param>
public sealed class ProcessTasks(ISimulatedProcess process) : IRaftTaskStarter
{
    /// <inheritdoc />
    public Task Start(string name, Func<Task> body) => process.Start(name, body);
}

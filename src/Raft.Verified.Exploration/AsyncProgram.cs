using System.Reflection;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration;

/// <summary>
/// A program that consists of one asynchronous method over a simulation. Its tasks run in processes, and its delays run
/// on the clocks of those processes.
/// </summary>
public sealed record AsyncProgram : IExplorable
{
    /// <inheritdoc />
    public required string Name { get; init; }

    /// <summary>
    /// The body of the program. The schedule ends when the body's task does. An exception that the body does not catch
    /// is a violation of <see cref="RuntimeFindings.NoFault"/>.
    /// </summary>
    public required Func<ISimulation, Task> Body { get; init; }

    /// <inheritdoc />
    public Assembly Assembly => Body.Method.Module.Assembly;

    /// <inheritdoc />
    public Clocks Clocks { get; init; } = Clocks.Both;

    /// <inheritdoc />
    public int Actors { get; init; }

    /// <inheritdoc />
    public int UnfairSteps { get; init; } = ScheduleBounds.DefaultUnfairSteps;

    /// <inheritdoc />
    public IExploredRun Begin(ISimulation simulation, RunOptions options) => new Run(Body, simulation);

    private sealed class Run(Func<ISimulation, Task> body, ISimulation simulation) : IExploredRun
    {
        public Task RunAsync() => body(simulation);
    }
}

using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Tests.Exploration;

/// <summary>Runs small programs in a controlled world.</summary>
internal static class World
{
    private static readonly ScheduleBounds Bounds = new(500, 2000);

    public static ControlledRuntime Run(
        Func<ControlledRuntime, Task> program, string strategy = "random", ulong seed = 1, bool timed = false, ScheduleBounds? bounds = null, IDecisionLog? log = null)
    {
        Strategy chosen = new Portfolio(Portfolio.Name).Named(strategy);
        chosen.Begin(seed, servers: 3, expectedSteps: 50);
        ControlledRuntime runtime = new(chosen, timed, bounds ?? Bounds, log);
        runtime.Run(() => program(runtime));
        return runtime;
    }

    /// <summary>A delay made of a timer of the process.</summary>
    public static Task Delay(ISimulatedProcess process, int milliseconds) => VirtualDelay.WaitAsync(process.Time, TimeSpan.FromMilliseconds(milliseconds));
}

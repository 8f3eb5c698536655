using Microsoft.Coyote.Specifications;
using Microsoft.Coyote.SystematicTesting;
using Raft.Verified.Coyote.Engine;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;

namespace Raft.Verified.Coyote;

/// <summary>
/// Coyote tests of the simulated cluster itself. They explore moments that lie inside one step of the other engine. The
/// scenarios of the library rarely reach these moments.
/// </summary>
public static class SimulationTests
{
    /// <summary>Crashes and restarts a server while clients call it.</summary>
    [Test]
    public static Task LifeEndsDuringCalls()
    {
        Scenario scenario = ScenarioLibrary.Find("first-election-1")!;
        return ScenarioExecution.RunAsync(scenario with { Name = "life-ends-during-calls", Goals = [], Body = cluster => EndLivesAsync(cluster, scenario.Afterwards!) });
    }

    /// <summary>Draws after the end of a schedule.</summary>
    [Test]
    public static async Task DrawsAfterTheEnd()
    {
        CoyoteSimulation simulation = new();
        await simulation.StopAsync();
        for (int i = 0; i < 100; i++)
        {
            Specification.Assert(simulation.Choose(1000, "late draw") == 0 && !simulation.Happens(0.999, "late draw"), "draw {0} was made after the end", i);
        }
    }

    private static async Task EndLivesAsync(SimulatedCluster cluster, Func<SimulatedCluster, Task> command)
    {
        SimulatedServer server = cluster.Servers[0];
        for (int life = 0; life < 4; life++)
        {
            await cluster.UntilAsync(() => server.Server is not null);
            for (int client = 0; client < 3; client++)
            {
                _ = cluster.Start("client", () => command(cluster));
            }

            server.CrashAfterSteps(1 + cluster.Simulation.Choose(8, "steps until it crashes"));
            await server.Crashed;
            server.Start();
        }
    }
}

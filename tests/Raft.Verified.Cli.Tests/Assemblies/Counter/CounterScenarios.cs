using System.Collections.Generic;
using System.Threading.Tasks;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Counters;

/// <summary>The scenarios of the counter.</summary>
public static class CounterScenarios
{
    [RaftScenario]
    public static Scenario Sound => Make("counter", forgets: false);

    [RaftScenario]
    public static IEnumerable<Scenario> Wrong()
    {
        yield return Make("counter-forgets", forgets: true);
    }

    private static Scenario Make(string name, bool forgets) => new()
    {
        Name = name,
        LooksFor = "a restored counter that differs from the one that was saved",
        Faults = "a crash",
        Cluster = new ClusterSettings { Servers = 3, StateMachine = _ => new CounterMachine(forgets), Model = () => new CounterModel(), SnapshotThreshold = 2 },
        Goals = [new Goal("a leader is elected", RaftEventKind.RoleChanged, static (in RaftEvent e, ClusterView _) => e.Role == Role.Leader)],
        Body = async cluster =>
        {
            SimulatedClient client = cluster.CreateClient();
            await client.Start(async () =>
            {
                for (int i = 0; i < 4; i++)
                {
                    await client.ExecuteAsync(CounterCommand.Encode);
                }
            });
            cluster[new ServerId(1)].Crash();
            cluster[new ServerId(1)].Start();
            await client.Start(() => client.ExecuteAsync(CounterCommand.Encode));
        },
    };
}

using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Models;

/// <summary>
/// The acts of clients, operators and power failures on the servers of a <see cref="ModelScenario"/>. They are
/// operations that wait until a schedule chooses them.
/// </summary>
/// <param name="cluster">The cluster with the servers.</param>
public sealed class ModelActs(SimulatedCluster cluster)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte _commands;

    /// <summary>Returns the name of the operation by which a client proposes the next command to a server.</summary>
    /// <param name="server">The server of the operation.</param>
    public static string Propose(ServerId server) => $"{server} is asked for a command";

    /// <summary>Returns the name of the operation by which a client reads from a server.</summary>
    /// <param name="server">The server of the operation.</param>
    public static string Read(ServerId server) => $"{server} is asked to read";

    /// <summary>
    /// Returns the name of the operation that compacts the log of a server. The operation draws the last entry that the
    /// snapshot covers.
    /// </summary>
    /// <param name="server">The server of the operation.</param>
    public static string Compact(ServerId server) => $"{server} is told to compact its log";

    /// <summary>Returns the name of the operation that cuts the power of a server.</summary>
    /// <param name="server">The server of the operation.</param>
    public static string Crash(ServerId server) => $"{server} loses power";

    /// <summary>Returns the name of the operation that starts a server.</summary>
    /// <param name="server">The server of the operation.</param>
    public static string Restart(ServerId server) => $"{server} is started";

    internal Task RunAsync()
    {
        foreach (SimulatedServer server in cluster.Servers)
        {
            Offer(new Proposal(this, server));
            Offer(new Query(this, server));
            Offer(new Compaction(this, server));
            Offer(new PowerCut(this, server));
            Offer(new Start(this, server));
        }

        cluster.Simulation.Post(new End(_ended), LongEnough, null);
        return _ended.Task;
    }

    private ISimulation Simulation => cluster.Simulation;

    private void Offer(Act act) => cluster.Simulation.Post(act, Pause, null);

    private abstract class Act(ModelActs acts, SimulatedServer server) : Operation
    {
        public override OperationKind Kind => OperationKind.Environment;

        public override int Actor => server.Id.Value;

        protected ModelActs Acts => acts;

        protected SimulatedServer On => server;

        public override void Run()
        {
            if (!acts._ended.Task.IsCompleted)
            {
                Do();
                acts.Offer(this);
            }
        }

        protected abstract void Do();
    }

    private sealed class Proposal(ModelActs acts, SimulatedServer server) : Act(acts, server)
    {
        public override string ToString() => Propose(On.Id);

        protected override void Do()
        {
            if (On.Server is { } running)
            {
                On.Calls.Add(CallKind.Proposal, running.ProposeAsync(ModelMachine.Command(++Acts._commands)));
            }
        }
    }

    private sealed class Query(ModelActs acts, SimulatedServer server) : Act(acts, server)
    {
        public override string ToString() => Read(On.Id);

        protected override void Do()
        {
            if (On.Server is { } running)
            {
                On.Calls.Add(CallKind.Read, running.ReadAsync(static () => 0));
            }
        }
    }

    private sealed class Compaction(ModelActs acts, SimulatedServer server) : Act(acts, server)
    {
        public override string ToString() => Compact(On.Id);

        protected override void Do()
        {
            if (On.Server is not { } running)
            {
                return;
            }

            RaftStatus status = running.GetStatus();
            LogIndex index = new(Acts.Simulation.Choose((int)status.AppliedIndex.Value + 1, "the last entry in the snapshot"));
            if (index > status.SnapshotIndex)
            {
                On.Calls.Add(CallKind.Compaction, running.CompactAsync(index, ((ModelMachine)On.StateMachine!).StateAt(index)));
            }
        }
    }

    private sealed class PowerCut(ModelActs acts, SimulatedServer server) : Act(acts, server)
    {
        public override string ToString() => Crash(On.Id);

        protected override void Do() => On.Crash(CrashKind.PowerCut);
    }

    private sealed class Start(ModelActs acts, SimulatedServer server) : Act(acts, server)
    {
        public override string ToString() => Restart(On.Id);

        protected override void Do() => On.Start();
    }

    private sealed class End(TaskCompletionSource ended) : Operation
    {
        public override OperationKind Kind => OperationKind.Environment;

        public override int Actor => 0;

        public override void Run() => ended.TrySetResult();

        public override string ToString() => "the faults end";
    }
}

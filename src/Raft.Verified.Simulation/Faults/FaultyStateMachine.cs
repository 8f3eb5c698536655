using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>
/// A state machine with injected failures, hangs and delays, which also checks the guarantees of its contract.
/// </summary>
internal sealed class FaultyStateMachine(IRaftStateMachine machine, SimulatedServer server, ISimulatedProcess process, SimulatedCluster cluster) : IRaftStateMachine
{
    private readonly ISimulation _simulation = cluster.Simulation;
    private bool _isBusy;

    public async ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        await BeginAsync("apply");
        ReadOnlyMemory<byte> answer = await machine.ApplyAsync(index, command);
        _isBusy = false;
        return answer;
    }

    public async ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default)
    {
        await BeginAsync("take a snapshot");
        ReadOnlyMemory<byte> snapshot = await machine.TakeSnapshotAsync();
        _isBusy = false;
        return snapshot;
    }

    public async ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        await BeginAsync("restore");
        await machine.RestoreAsync(lastIncludedIndex, snapshot);
        _isBusy = false;
    }

    private async ValueTask BeginAsync(string what)
    {
        if (server.FailedPart == FailingPart.StateMachine)
        {
            _simulation.Fail("FaultStopsServer", $"{server.Id} asks its state machine to {what}, although that has failed");
        }

        if (_isBusy)
        {
            _simulation.Fail("OneCallAtATime", $"{server.Id} asks its state machine to {what}, although that has not returned from the call before");
        }

        _isBusy = true;
        PartFaults faults = cluster.Network.Faults.Parts;
        if (cluster.Hangs.IsHanging(server.Id, FailingPart.StateMachine) || _simulation.Happens(faults.MachineHang, "state machine hangs"))
        {
            await cluster.Hangs.WaitAsync();
        }
        else if (_simulation.Happens(faults.SlowMachine, "slow state machine"))
        {
            await server.ReturnAfterAsync(process, faults.MaxSlowMachine, "state machine goes on");
        }

        process.BeforeActing();
        if (_simulation.Happens(faults.MachineFault, "state machine throws"))
        {
            _isBusy = false;
            throw server.Fail(FailingPart.StateMachine, what);
        }
    }
}

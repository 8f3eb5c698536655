using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab;

/// <summary>One server across restarts, with the interface of the labs: Start, GetState, Snapshot.</summary>
public sealed class LabRaft(SimulatedServer server)
{
    private const int StateHeaderLength = 32; // Term, vote, and the snapshot's index and term: 8 bytes each.

    private readonly List<TaskCompletionSource<LabStart>> _pending = [];

    /// <summary>True when the server is up and reachable.</summary>
    public bool IsUp => server.Server is not null;

    /// <summary>The size in bytes of the state on disk without the snapshot, in a plain fixed-width encoding.</summary>
    public int StateSize => StateHeaderLength + MessageSize.Of([.. server.Disk.Log]);

    /// <summary>
    /// Offers a command. The task completes when the command has a position in the log, not when it is committed.
    /// </summary>
    /// <param name="command">The command to offer.</param>
    /// <returns>The result; its default when the server is down, crashes or refuses the command.</returns>
    public Task<LabStart> StartAsync(ReadOnlyMemory<byte> command)
    {
        if (server.Server is not { } raft)
        {
            return Task.FromResult(default(LabStart));
        }

        // A crashed server completes no call, so the crash completes this one.
        TaskCompletionSource<LabStart> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending.Add(answer);
        Task<ProposalAcceptance> acceptance = raft.SubmitAsync(command);
        acceptance.GetAwaiter().UnsafeOnCompleted(() =>
        {
            if (_pending.Remove(answer))
            {
                answer.SetResult(
                    acceptance.IsCompletedSuccessfully ? new LabStart(acceptance.Result.Index.Value, acceptance.Result.Term.Value, true) : default);
            }
        });
        return answer.Task;
    }

    /// <summary>Returns the server's term, and true when it believes to lead; term 0 while it is down.</summary>
    public (long Term, bool IsLeader) GetState() =>
        server.Server?.GetStatus() is { } status ? (status.Term.Value, status.Role == Role.Leader) : default;

    /// <summary>Takes the service's snapshot up to an index, so that the log up to there can be discarded.</summary>
    /// <param name="index">The last index that the snapshot covers.</param>
    /// <param name="snapshot">The bytes of the snapshot.</param>
    /// <returns>A task that completes when the snapshot is durable.</returns>
    public Task SnapshotAsync(long index, ReadOnlyMemory<byte> snapshot) => server.Server!.CompactAsync(new LogIndex(index), snapshot);

    /// <summary>Kills the server.</summary>
    public void Crash()
    {
        server.Crash();
        foreach (TaskCompletionSource<LabStart> answer in _pending)
        {
            answer.SetResult(default);
        }

        _pending.Clear();
    }

    /// <summary>Starts the server from its disk.</summary>
    public void Start() => server.Start();
}

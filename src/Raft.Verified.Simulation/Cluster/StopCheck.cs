using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Simulation;

/// <summary>
/// The check of a graceful shutdown of a server: every waiting caller gets an answer, and every later call is refused
/// at once with the reason.
/// </summary>
internal sealed class StopCheck(ISimulation simulation, SimulatedServer server, RaftServer raft)
{
    /// <summary>The kinds of events, as bits by their numbers, that <see cref="OnEvent"/> handles.</summary>
    public const ulong Kinds = 1UL << (int)RaftEventKind.ProposalRefused | 1UL << (int)RaftEventKind.ReadRefused | 1UL << (int)RaftEventKind.Faulted;

    private const string AfterStopProperty = "StoppedServerRefuses";
    private const string StoppedProperty = "StoppedIsTrue";

    /// <summary>Checks that a server refuses calls as stopped only when it stops.</summary>
    public static void OnEvent(in RaftEvent e, SimulatedCluster cluster)
    {
        bool saysStopped = e.Kind switch
        {
            RaftEventKind.ProposalRefused => e.Subject is ProposalRefusedException { Reason: ProposalRefusalReason.Stopped },
            RaftEventKind.ReadRefused => e.Subject is ReadRefusedException { Reason: ReadRefusalReason.Stopped },
            RaftEventKind.Faulted => MarkFaulted(cluster[e.Server]),
            _ => false,
        };
        if (saysStopped && cluster[e.Server] is { IsStopping: false, HasFaulted: false })
        {
            cluster.Simulation.Fail(StoppedProperty, $"{e.Server} refuses a call because it stops, but nobody has told it to and nothing in it has failed");
        }
    }

    /// <summary>
    /// Makes one more read and one more compaction without effect, just before the server is told to stop.
    /// </summary>
    public void BeforeStop()
    {
        server.Calls.Add(CallKind.Read, raft.ReadAsync(static () => 0));
        server.Calls.Add(CallKind.Compaction, raft.CompactAsync(LogIndex.Zero, default));
    }

    /// <summary>Checks the server after it has reported that it stopped.</summary>
    /// <param name="hasFailed">True when it has reported that a fault stopped it.</param>
    public void AfterStop(bool hasFailed)
    {
        RaftServerState expected = hasFailed ? RaftServerState.Failed : RaftServerState.Stopped;
        if (raft.GetStatus() is var status && (status.State != expected || status.Role != Role.Follower || !status.Leader.IsNone || raft.GetFollowers().Count > 0))
        {
            simulation.Fail(
                StatusWatch.Property,
                $"{server.Id} has {(hasFailed ? "failed" : "stopped in good order")}; its status then says {status.State}, {status.Role}, leader {status.Leader}, "
                + $"{raft.GetFollowers().Count} followers; expected {expected} and no role");
        }

        Expect("a proposal", raft.ProposeAsync(default), static exception => exception is ProposalRefusedException { Reason: ProposalRefusalReason.Stopped });
        Expect("a submission", raft.SubmitAsync(default), static exception => exception is ProposalRefusedException { Reason: ProposalRefusalReason.Stopped });
        Expect("a read", raft.ReadAsync(static () => 0), static exception => exception is ReadRefusedException { Reason: ReadRefusalReason.Stopped });
        Expect("a compaction", raft.CompactAsync(LogIndex.Zero, default), static exception => exception is RaftServerStoppedException);
    }

    private static bool MarkFaulted(SimulatedServer server)
    {
        server.HasFaulted = true;
        return false;
    }

    private void Expect(string what, Task call, Func<Exception?, bool> isRefusal)
    {
        Exception? exception = call.Exception?.InnerException;
        if (!isRefusal(exception))
        {
            string answer = !call.IsCompleted ? "does not answer" : exception is null ? "accepts it" : $"answers with \"{exception.Message}\"";
            simulation.Fail(AfterStopProperty, $"{server.Id} has stopped in good order; asked for {what} then, it {answer}");
        }
    }
}

using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation.Coverage;

/// <summary>
/// Collects the coverage of one run. It receives each event before the view does, and the view after each step.
/// </summary>
/// <param name="servers">The number of servers; at most 32.</param>
internal sealed class CoverageCollector(int servers)
{
    // The kinds of events that may change a server's code.
    private const ulong Changing =
        1UL << (int)RaftEventKind.Started | 1UL << (int)RaftEventKind.TermAdvanced | 1UL << (int)RaftEventKind.RoleChanged
        | 1UL << (int)RaftEventKind.Voted | 1UL << (int)RaftEventKind.EntryAppended | 1UL << (int)RaftEventKind.LogTruncated
        | 1UL << (int)RaftEventKind.CommitAdvanced | 1UL << (int)RaftEventKind.LogCompacted | 1UL << (int)RaftEventKind.SnapshotInstalled
        | 1UL << (int)RaftEventKind.Crashed | 1UL << (int)RaftEventKind.Stopped | 1UL << (int)RaftEventKind.Environment;

    private readonly int[] _counts = new int[CoverageMap.Cells];
    private readonly AbstractState _state = new(servers);
    private readonly FaultPhases _faults = new();
    private uint _changed = uint.MaxValue;

    /// <summary>The abstract state after the last step; 0 when the step cannot have changed it.</summary>
    public ulong State { get; private set; }

    /// <summary>The counts of the cells of the tables (<see cref="CoverageMap"/>), one table after the other.</summary>
    public int[] Counts => _counts;

    /// <summary>Counts an event that the view does not include yet.</summary>
    public void OnEvent(in RaftEvent e, ClusterView view)
    {
        if (e.Server.IsNone)
        {
            if (e.Kind == RaftEventKind.Environment)
            {
                OnEnvironment(in e, view);
            }

            return;
        }

        ServerView server = view[e.Server];
        if (((Changing >> (int)e.Kind) & 1) != 0)
        {
            _changed |= 1U << (e.Server.Value - 1);
        }

        int row = server.IsRunning ? (int)server.Role : CoverageMap.Down;
        int cell = CoverageMap.Happening(row, in e);
        if (cell >= 0)
        {
            _counts[cell]++;
        }

        switch (e.Kind)
        {
            case RaftEventKind.MessageSent:
                Count(e.Message, Outcome.Sent);
                break;
            case RaftEventKind.MessageReceived:
                Receive(e.Message, server);
                break;
            case RaftEventKind.MessageLost:
                Count(e.Message, Outcome.Lost);
                break;
            case RaftEventKind.MessageDuplicated:
                Count(e.Message, Outcome.Duplicated);
                break;
            case RaftEventKind.Environment:
                OnEnvironment(in e, view);
                break;
            case RaftEventKind.Started or RaftEventKind.Crashed or RaftEventKind.Stopped:
                _state.SetPaused(e.Server, false);
                _faults.OnEvent(in e, view, _counts);
                break;
            case RaftEventKind.TermAdvanced or RaftEventKind.SnapshotInstalled or RaftEventKind.DiskSnapshot:
                _faults.OnEvent(in e, view, _counts);
                break;
            default:
                break;
        }
    }

    /// <summary>Records the state after a step.</summary>
    public void AfterStep(ClusterView view)
    {
        if (_changed == 0)
        {
            State = 0;
            return;
        }

        _state.Update(view, _changed);
        _changed = 0;
        State = _state.Fingerprint;
    }

    private void Count(Message message, Outcome outcome) => _counts[CoverageMap.MessageRow(message) + (int)outcome]++;

    private void Receive(Message message, ServerView server)
    {
        Span<int> row = _counts.AsSpan(CoverageMap.MessageRow(message));
        row[(int)Outcome.Delivered]++;
        row[(int)Outcome.ToFollower + (int)server.Role]++;
        if (message.Term < server.Term)
        {
            row[(int)Outcome.OlderTerm]++;
            return;
        }

        row[message.Term == server.Term ? (int)Outcome.SameTerm : (int)Outcome.NewerTerm]++;
        if (message is InstallSnapshot chunk)
        {
            _faults.Receiving(server.Id, !chunk.Done);
        }
        else if (RequestTermOf(message) < message.Term)
        {
            row[(int)Outcome.AnswersOlderTerm]++;
        }
    }

    private static Term RequestTermOf(Message message) => message switch
    {
        AppendEntriesReply reply => reply.RequestTerm,
        RequestVoteReply reply => reply.RequestTerm,
        InstallSnapshotReply reply => reply.RequestTerm,
        _ => message.Term,
    };

    private void OnEnvironment(in RaftEvent e, ClusterView view)
    {
        if (e.Subject is Paused or Resumed && !e.Server.IsNone)
        {
            _state.SetPaused(e.Server, e.Subject is Paused);
        }

        _faults.OnEvent(in e, view, _counts);
    }
}

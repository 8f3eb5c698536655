namespace Raft.Verified.Protocol;

// Reads without the log: the paper's section 8, the thesis' section 6.4.
public sealed partial class RaftCore
{
    private readonly Queue<ReadRequest> _reads = new();
    private ReadRound _readRound;
    private LogIndex _termStart;

    /// <summary>
    /// True when this server leads and its log holds an entry of its own term. Without such an entry a leader does not
    /// know what is committed, and nothing pending would reveal it. Only a leader that appends no empty entry when
    /// elected can be in this state.
    /// </summary>
    public bool TakesReads => Role == Role.Leader && Log.LastIndex >= _termStart;

    /// <summary>
    /// Takes reads of clients. It does nothing unless <see cref="TakesReads"/> is true, so check it first.
    /// </summary>
    /// <param name="read">
    /// A request that was not given to a core before. It comes back in <see cref="Effects.ReadsReady"/> or
    /// <see cref="Effects.ReadsRefused"/>.
    /// </param>
    public Effects Read(ReadRequest read)
    {
        ArgumentNullException.ThrowIfNull(read);
        _effects.Clear();
        if (TakesReads)
        {
            // Once the leader's commit index is in its own term, no entry beyond it is committed. Until then, all
            // committed entries are before its own term's first entry (Leader Completeness).
            read.Index = LogIndex.Max(CommitIndex, _termStart);
            _readRound = _readRound.Next();
            read.Round = _readRound;
            _reads.Enqueue(read);
            Emit(RaftEvents.ReadTaken(Id, CurrentTerm, Role, read));
            SendRound();
        }

        return Finish();
    }

    private void BeginReads()
    {
        _readRound = ReadRound.None;
        _termStart = Log.LastIndex.Next();
    }

    private void RefuseReads()
    {
        while (_reads.TryDequeue(out ReadRequest? read))
        {
            _effects.Refuse(read);
        }
    }

    // The requests are as small as possible: a follower with an unanswered request is not sent the entries or the chunk
    // again.
    private void SendRound()
    {
        foreach (FollowerProgress? follower in _replication.Followers)
        {
            if (follower is null)
            {
                continue;
            }

            if (follower.Mode == ReplicationMode.Snapshot)
            {
                SendSnapshot(follower, length: 0, done: false);
            }
            else
            {
                SendAppend(follower, follower.Mode == ReplicationMode.Probe && !follower.ProbeSent ? Window(follower) : 0);
            }
        }
    }

    // A refusal confirms as well as a success: the follower knew of no newer term.
    private static void Confirm(FollowerProgress follower, ReadRound round)
    {
        if (round > follower.ConfirmedRound)
        {
            follower.ConfirmedRound = round;
        }
    }

    // A majority recognised the leader after the reads arrived, so it had not elected another one before. Everything
    // that the reads must see was committed by this leader or before its term.
    private void HandOutReads()
    {
        if (_reads.Count == 0)
        {
            return;
        }

        ReadRound confirmed = _replication.HighestConfirmedRound(_readRound);
        while (_reads.TryPeek(out ReadRequest? read) && read.Round <= confirmed && read.Index <= LastApplied)
        {
            _effects.Serve(_reads.Dequeue());
        }
    }
}

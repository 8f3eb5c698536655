using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications;

/// <summary>
/// The state of the cluster, derived from its events alone; no server is asked. Besides each server's state it records
/// facts that no single server knows: the committed entries, the leader of each term, and the waiting clients.
/// </summary>
public sealed class ClusterView
{
    private readonly ServerView[] _servers;
    private readonly TermTable _leaders = new();
    private LogEntry?[] _committed = [];
    private Term[] _committedIn = [];
    private List<ClientOperation>? _outstanding;

    /// <summary>Creates the view of a cluster in which no server has started.</summary>
    /// <param name="servers">The number of servers, which are named 1 to this number.</param>
    public ClusterView(int servers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        _servers = new ServerView[servers];
        for (int i = 0; i < servers; i++)
        {
            _servers[i] = new ServerView(new ServerId(i + 1));
        }

        // This computes the definition, "more than all the others". It does not use the servers' own code, which the
        // properties judge.
        while (Majority <= servers - Majority)
        {
            Majority++;
        }
    }

    /// <summary>The servers, ordered by number.</summary>
    public IReadOnlyList<ServerView> Servers => _servers;

    /// <summary>The number of servers that form a majority.</summary>
    public int Majority { get; }

    /// <summary>The highest entry that any server has known to be committed.</summary>
    public LogIndex MaxCommitted { get; private set; }

    /// <summary>The operations that clients wait for, oldest first.</summary>
    public IReadOnlyList<ClientOperation> OutstandingOperations => _outstanding is null ? [] : _outstanding;

    /// <summary>The running leader whose term no running server exceeds; null when there is none.</summary>
    public ServerView? Leader
    {
        get
        {
            ServerView? newest = null;
            ServerView? leader = null;
            foreach (ServerView server in _servers)
            {
                if (!server.IsRunning)
                {
                    continue;
                }

                if (newest is null || server.Term > newest.Term)
                {
                    newest = server;
                }

                if (server.Role == Role.Leader && (leader is null || server.Term > leader.Term))
                {
                    leader = server;
                }
            }

            return leader is not null && leader.Term >= newest!.Term ? leader : null;
        }
    }

    /// <summary>The view of one server.</summary>
    /// <param name="server">The server, from S1 to the number of servers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cluster has no such server.</exception>
    public ServerView this[ServerId server]
    {
        get
        {
            int slot = server.Value - 1;
            if ((uint)slot >= (uint)_servers.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(server), server, $"the cluster has the servers S1 to S{_servers.Length}");
            }

            return _servers[slot];
        }
    }

    /// <summary>Returns the first server that became leader in a term; none when no server did.</summary>
    /// <param name="term">The term.</param>
    public ServerId LeaderOf(Term term) => _leaders[term];

    /// <summary>
    /// Returns the committed entry at an index, taken from the server that first committed it; null when there is none.
    /// </summary>
    /// <param name="index">The index; at least 1 for an entry.</param>
    public LogEntry? Committed(LogIndex index) =>
        index.Value >= 1 && index.Value <= MaxCommitted.Value ? _committed[index.Value] : null;

    /// <summary>Returns the term in which a server first committed the entry at an index.</summary>
    /// <param name="index">The index; at least 1 for an entry.</param>
    /// <returns>The term; 0 when no entry is committed at the index.</returns>
    public Term CommittedInTerm(LogIndex index) =>
        index.Value >= 1 && index.Value <= MaxCommitted.Value ? _committedIn[index.Value] : Term.Zero;

    /// <summary>Returns the number of disks that hold an entry, in the log or covered by a snapshot.</summary>
    /// <param name="entry">The entry, compared by term, index and content.</param>
    public int DisksHolding(LogEntry entry)
    {
        int count = 0;
        foreach (ServerView server in _servers)
        {
            if (server.Disk.Log.Holds(entry))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>Describes the content of each disk at an index, for messages.</summary>
    /// <param name="index">The index.</param>
    public string DescribeDisks(LogIndex index) =>
        string.Join(", ", _servers.Select(server => $"{server.Id} {server.Disk.Log.Describe(index)}"));

    /// <summary>Applies an event to the view.</summary>
    internal void Apply(in RaftEvent e)
    {
        switch (e.Kind)
        {
            case RaftEventKind.Started:
                this[e.Server].Start(in e);
                break;
            case RaftEventKind.TermAdvanced:
                this[e.Server].AdvanceTerm(e.Term);
                break;
            case RaftEventKind.RoleChanged:
                ChangeRole(in e);
                break;
            case RaftEventKind.Voted:
                this[e.Server].Vote(e.Peer);
                break;
            case RaftEventKind.EntryAppended:
                this[e.Server].Log.Append(e.Entry);
                break;
            case RaftEventKind.LogTruncated:
                this[e.Server].Log.TruncateFrom(e.Index);
                break;
            case RaftEventKind.CommitAdvanced:
                Commit(in e);
                break;
            case RaftEventKind.MessageReceived:
                this[e.Server].Take(e.Message);
                break;
            case RaftEventKind.LogCompacted:
                this[e.Server].Log.ReplacePrefix(e.Index, e.Snapshot.LastIncludedTerm, keepSuffix: true);
                break;
            case RaftEventKind.SnapshotInstalled:
                this[e.Server].Log.ReplacePrefix(e.Index, e.Snapshot.LastIncludedTerm, keepSuffix: e.OtherIndex > e.Index);
                break;
            case RaftEventKind.Applied:
            case RaftEventKind.Restored:
                this[e.Server].Apply(e.Index);
                break;
            case RaftEventKind.ProposalRefused:
                this[e.Server].Refuse((ProposalRefusedException)e.Subject!);
                break;
            case RaftEventKind.DiskTermAndVote:
                this[e.Server].Disk.SetTermAndVote(e.OtherTerm, e.Peer);
                break;
            case RaftEventKind.DiskSnapshot:
                this[e.Server].Disk.SetSnapshot(e.Snapshot, keepSuffix: e.OtherIndex > e.Index);
                break;
            case RaftEventKind.DiskTruncated:
                this[e.Server].Disk.Log.TruncateFrom(e.Index);
                break;
            case RaftEventKind.DiskAppended:
                this[e.Server].Disk.Log.Append(e.Entry);
                break;
            case RaftEventKind.Crashed:
            case RaftEventKind.Stopped:
                this[e.Server].End(e.Kind == RaftEventKind.Stopped);
                break;
            case RaftEventKind.ClientCalled:
                (_outstanding ??= []).Add((ClientOperation)e.Subject!);
                break;
            case RaftEventKind.ClientAnswered:
                _outstanding?.Remove((ClientOperation)e.Subject!);
                break;
            default:
                break;
        }
    }

    private void ChangeRole(in RaftEvent e)
    {
        this[e.Server].ChangeRole(e.Role);
        if (e.Role == Role.Leader && _leaders[e.Term].IsNone)
        {
            _leaders[e.Term] = e.Server;
        }
    }

    private void Commit(in RaftEvent e)
    {
        ServerView server = this[e.Server];
        server.Commit(e.Index);
        if (e.Index <= MaxCommitted)
        {
            return;
        }

        if (e.Index.Value >= _committed.Length)
        {
            int length = (int)Math.Max(16, e.Index.Value * 2);
            Array.Resize(ref _committed, length);
            Array.Resize(ref _committedIn, length);
        }

        for (LogIndex index = MaxCommitted.Next(); index <= e.Index; index = index.Next())
        {
            _committed[index.Value] = server.Log[index];
            _committedIn[index.Value] = e.Term;
        }

        MaxCommitted = e.Index;
    }
}

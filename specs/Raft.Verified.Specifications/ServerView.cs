using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>One server, as its events tell it.</summary>
public sealed class ServerView
{
    internal ServerView(ServerId id) => Id = id;

    /// <summary>The server.</summary>
    public ServerId Id { get; }

    /// <summary>Whether it has started and neither crashed nor stopped since.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Its current term.</summary>
    public Term Term { get; private set; }

    /// <summary>Its role; follower while it is down.</summary>
    public Role Role { get; private set; }

    /// <summary>Whom it has voted for in its current term.</summary>
    public ServerId VotedFor { get; private set; }

    /// <summary>The highest entry that it knows to be committed.</summary>
    public LogIndex CommitIndex { get; private set; }

    /// <summary>The highest entry that its state machine reflects; 0 from a start to the first entry applied or snapshot restored.</summary>
    public LogIndex AppliedIndex { get; private set; }

    /// <summary>Its log in memory.</summary>
    public LogView Log { get; } = new();

    /// <summary>What its disk holds.</summary>
    public DiskView Disk { get; } = new();

    internal void Start(in RaftEvent e)
    {
        IsRunning = true;
        Role = Role.Follower;
        Term = e.Term;
        VotedFor = e.Peer;
        if (e.Subject is DurableState durable)
        {
            Log.Load(durable);
            Disk.Load(durable);
        }

        CommitIndex = Log.SnapshotIndex;
        AppliedIndex = LogIndex.Zero;
    }

    internal void End()
    {
        IsRunning = false;
        Role = Role.Follower;
    }

    internal void AdvanceTerm(Term term)
    {
        Term = term;
        VotedFor = ServerId.None;
    }

    internal void Vote(ServerId candidate) => VotedFor = candidate;

    internal void ChangeRole(Role role) => Role = role;

    internal void Commit(LogIndex index) => CommitIndex = index;

    internal void Apply(LogIndex index) => AppliedIndex = index;
}

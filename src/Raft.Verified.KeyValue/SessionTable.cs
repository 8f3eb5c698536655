using System.Diagnostics.CodeAnalysis;
using Raft.Verified.Protocol;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The clients' sessions, part of the replicated state: for each the last operation and its answer, by which a retry is recognised (paper, section 8;
/// thesis, section 6.3). A session ends when so many entries of the log have gone by without it: every server has the same log, and no two
/// have the same clock.
/// </summary>
/// <param name="lifetime">How many entries a session outlives its last activity; at least 1.</param>
internal sealed class SessionTable(long lifetime)
{
    private readonly Dictionary<long, LinkedListNode<Session>> _byNumber = []; // Looked up by number only, never enumerated.
    private readonly LinkedList<Session> _byActivity = []; // The one idle for longest first.

    public long Lifetime { get; } = lifetime;

    public int Count => _byActivity.Count;

    /// <summary>All sessions, the one idle for longest first: the same order on every server.</summary>
    public IEnumerable<Session> All => _byActivity;

    /// <summary>Ends the sessions that have been idle for too long when this entry is applied.</summary>
    public void Expire(LogIndex now)
    {
        while (_byActivity.First is { } idle && now - idle.Value.LastActive > Lifetime)
        {
            _byNumber.Remove(idle.Value.Number);
            _byActivity.RemoveFirst();
        }
    }

    /// <summary>Opens a session; its number is the entry's position, which no other one has.</summary>
    public Session Open(LogIndex now)
    {
        Session session = new(now.Value) { LastActive = now };
        _ = TryAdd(session);
        return session;
    }

    /// <summary>Adds a session of a snapshot, the one idle for longest first; false when its number is taken.</summary>
    public bool TryAdd(Session session)
    {
        LinkedListNode<Session> node = new(session);
        if (!_byNumber.TryAdd(session.Number, node))
        {
            return false;
        }

        _byActivity.AddLast(node);
        return true;
    }

    /// <summary>Finds a session, which counts as activity.</summary>
    public bool TryTouch(long number, LogIndex now, [NotNullWhen(true)] out Session? session)
    {
        session = null;
        if (!_byNumber.TryGetValue(number, out LinkedListNode<Session>? node))
        {
            return false;
        }

        session = node.Value;
        session.LastActive = now;
        _byActivity.Remove(node);
        _byActivity.AddLast(node);
        return true;
    }
}

/// <summary>One client's session.</summary>
/// <param name="number">The position of the entry that opened it.</param>
internal sealed class Session(long number)
{
    public long Number { get; } = number;

    /// <summary>The last operation carried out; 0 before the first.</summary>
    public long LastSequence { get; set; }

    /// <summary>The answer to it.</summary>
    public KeyValueReply LastReply { get; set; } = new(KeyValueStatus.Ok);

    /// <summary>The last entry that was this session's.</summary>
    public LogIndex LastActive { get; set; }
}

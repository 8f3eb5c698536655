namespace Raft.Verified.Protocol;

/// <summary>Majorities of a fixed set of servers (paper, section 5.2).</summary>
public static class Quorum
{
    /// <summary>How many of <paramref name="servers"/> are a majority.</summary>
    public static int Size(int servers) => (servers / 2) + 1;

    /// <summary>
    /// The highest index that a majority has reached (paper, Figure 2: "a majority of matchIndex[i] >= N"); or round, likewise.
    /// </summary>
    /// <param name="reached">One value for each server, the leader's own among them. Sorted in place.</param>
    public static T HighestReachedByMajority<T>(Span<T> reached)
        where T : struct, IComparable<T>
    {
        reached.Sort();
        return reached[reached.Length - Size(reached.Length)];
    }
}

/// <summary>The votes that a candidate has received, by voter: a repeated reply counts once.</summary>
public sealed class VoteTally
{
    private readonly List<ServerId> _voters = [];

    /// <summary>Who voted for the candidate, in the order in which the votes came.</summary>
    public IReadOnlyList<ServerId> Voters => _voters;

    /// <summary>Forgets all votes, for a new election.</summary>
    public void Clear() => _voters.Clear();

    /// <summary>Counts the vote of <paramref name="voter"/>.</summary>
    public void Add(ServerId voter)
    {
        if (!_voters.Contains(voter))
        {
            _voters.Add(voter);
        }
    }

    /// <summary>Whether the votes are a majority of <paramref name="servers"/>.</summary>
    public bool IsMajorityOf(int servers) => _voters.Count >= Quorum.Size(servers);
}

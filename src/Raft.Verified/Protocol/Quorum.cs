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

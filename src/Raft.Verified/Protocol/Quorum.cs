namespace Raft.Verified.Protocol;

/// <summary>Majorities of a fixed set of servers (paper, section 5.2).</summary>
public static class Quorum
{
    /// <summary>Returns the smallest majority of a cluster of <paramref name="servers"/> servers.</summary>
    public static int Size(int servers) => (servers / 2) + 1;

    /// <summary>
    /// Returns the highest index or round that a majority has reached (paper, Figure 2: "a majority of matchIndex[i] >=
    /// N").
    /// </summary>
    /// <param name="reached">One value per server, including the leader's own. Sorted in place.</param>
    public static T HighestReachedByMajority<T>(Span<T> reached)
        where T : struct, IComparable<T>
    {
        reached.Sort();
        return reached[reached.Length - Size(reached.Length)];
    }
}

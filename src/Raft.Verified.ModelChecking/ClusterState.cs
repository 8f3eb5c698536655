namespace Raft.Verified.ModelChecking;

/// <summary>
/// A state of the whole cluster as numbers: the servers' local states, the history, the remaining budget, and all
/// messages ever sent, sorted. The history consists of the elected leaders, the committed entries, and the reads that
/// the last step served.
/// </summary>
internal readonly struct ClusterState(int[] numbers, int servers)
{
    public int[] Numbers { get; } = numbers;

    public int Local(int server) => Numbers[server];

    /// <summary>The elected servers, one bit per term and server.</summary>
    public ulong Elected => (uint)Numbers[servers] | ((ulong)(uint)Numbers[servers + 1] << 32);

    public int Committed => Numbers[servers + 2];

    public int Served => Numbers[servers + 3];

    /// <summary>The remaining proposals, crashes and compactions, one byte each from the lowest.</summary>
    public int Budget => Numbers[servers + 4];

    public ReadOnlySpan<int> Messages => Numbers.AsSpan(servers + 5);
}

namespace Raft.Verified.ModelChecking;

/// <summary>
/// A state of the whole cluster as numbers: each server's local state; who was elected, what was committed, which reads the last step served (history); the
/// rest of the budget; and all messages ever sent, sorted.
/// </summary>
internal readonly struct ClusterState(int[] numbers, int servers)
{
    public int[] Numbers { get; } = numbers;

    public int Local(int server) => Numbers[server];

    /// <summary>A bit for each term and server.</summary>
    public ulong Elected => (uint)Numbers[servers] | ((ulong)(uint)Numbers[servers + 1] << 32);

    public int Committed => Numbers[servers + 2];

    public int Served => Numbers[servers + 3];

    /// <summary>Proposals, crashes and compactions that are left, a byte each.</summary>
    public int Budget => Numbers[servers + 4];

    public ReadOnlySpan<int> Messages => Numbers.AsSpan(servers + 5);
}

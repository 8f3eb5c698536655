namespace Raft.Verified.ModelChecking;

/// <summary>The fingerprints of two parts of a state: the elected servers and the remaining budget.</summary>
internal sealed class StatePrints
{
    private readonly int _servers;
    private readonly Fingerprint[][] _elected;
    private readonly Fingerprint[][] _budget;

    public StatePrints(ModelBounds bounds, Renaming[] renamings)
    {
        _servers = bounds.Servers;
        int[] most = [bounds.MaxProposals, bounds.MaxCrashes, bounds.MaxCompactions];
        _budget = [.. most.Select((count, part) => Enumerable.Range(0, count + 1).Select(left => Fingerprint.Of(0x100 + part, left)).ToArray())];
        _elected = [.. renamings.Select(renaming => Enumerable.Range(0, (bounds.MaxTerm + 1) * bounds.Servers)
            .Select(bit => Fingerprint.Of(0x200, (bit / _servers * _servers) + renaming.PlaceOf(bit % _servers))).ToArray())];
    }

    /// <summary>Returns the fingerprint of the elected servers under a renaming.</summary>
    /// <param name="elected">The elected servers, one bit per term and server.</param>
    /// <param name="renaming">The position of the renaming in <see cref="CoreCluster.Renamings"/>.</param>
    public Fingerprint Of(ulong elected, int renaming)
    {
        Fingerprint sum = default;
        for (; elected != 0; elected &= elected - 1)
        {
            sum += _elected[renaming][System.Numerics.BitOperations.TrailingZeroCount(elected)];
        }

        return sum;
    }

    /// <summary>
    /// Returns the fingerprint of the remaining proposals, crashes and compactions, one byte each from the lowest.
    /// </summary>
    public Fingerprint OfBudget(int budget) => _budget[0][budget & 0xFF] + _budget[1][(budget >> 8) & 0xFF] + _budget[2][budget >> 16];
}

namespace Raft.Verified.ModelChecking;

/// <summary>Fingerprints of what stands in a state besides local states, messages and histories.</summary>
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

    /// <summary>The fingerprint of who was elected, a bit for each term and server, under an exchange of names.</summary>
    public Fingerprint Of(ulong elected, int renaming)
    {
        Fingerprint sum = default;
        for (; elected != 0; elected &= elected - 1)
        {
            sum += _elected[renaming][System.Numerics.BitOperations.TrailingZeroCount(elected)];
        }

        return sum;
    }

    /// <summary>The fingerprint of what is left of proposals, crashes and compactions, a byte each.</summary>
    public Fingerprint OfBudget(int budget) => _budget[0][budget & 0xFF] + _budget[1][(budget >> 8) & 0xFF] + _budget[2][budget >> 16];
}

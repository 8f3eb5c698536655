namespace Raft.Verified.Protocol;

/// <summary>The votes that a candidate has received, by voter: a repeated reply counts once.</summary>
public sealed class VoteTally
{
    private readonly List<ServerId> _voters = [];

    /// <summary>The servers that voted for the candidate, in the order in which the votes arrived.</summary>
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

    /// <summary>Returns true when the votes are a majority of <paramref name="servers"/> servers.</summary>
    public bool IsMajorityOf(int servers) => _voters.Count >= Quorum.Size(servers);
}

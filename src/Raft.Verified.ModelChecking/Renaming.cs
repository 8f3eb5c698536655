using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// A renaming (permutation) of the servers. The protocol treats all servers alike, so a state and the renamed state
/// lead to the same states, up to the renaming.
/// </summary>
/// <param name="places">The new place of each server, from 0.</param>
internal sealed class Renaming(int[] places)
{
    /// <summary>
    /// Returns all renamings among servers that stand for election in the same terms. The first one changes nothing.
    /// </summary>
    public static Renaming[] All(ModelBounds bounds)
    {
        List<int[]> found = [];
        Permute([.. Enumerable.Range(0, bounds.Servers)], 0);
        return [.. found.Select(places => new Renaming(places))];

        void Permute(int[] places, int at)
        {
            if (at == places.Length)
            {
                found.Add([.. places]);
                return;
            }

            for (int other = at; other < places.Length; other++)
            {
                if (PartOf(other) != PartOf(at))
                {
                    continue;
                }

                (places[at], places[other]) = (places[other], places[at]);
                Permute(places, at + 1);
                (places[at], places[other]) = (places[other], places[at]);
            }
        }

        // Servers that stand for election in the same terms belong to the same part.
        int PartOf(int server) => (bounds.MayStand(server, 1) ? 1 : 0) + (bounds.MayStand(server, 2) ? 2 : 0);
    }

    /// <summary>Returns the renaming that changes nothing.</summary>
    public static Renaming None(ModelBounds bounds) => new([.. Enumerable.Range(0, bounds.Servers)]);

    /// <summary>Returns the new place of a server, from 0.</summary>
    public int PlaceOf(int server) => places[server];

    public ServerId Of(ServerId id) => id.IsNone ? id : new ServerId(places[id.Value - 1] + 1);

    public Message Of(Message message) => message with { From = Of(message.From), To = Of(message.To) };

    public CoreState Of(CoreState core) => core with
    {
        VotedFor = Of(core.VotedFor),
        LeaderId = Of(core.LeaderId),
        Votes = [.. core.Votes.Select(Of).OrderBy(voter => voter.Value)],
        Followers = [.. core.Followers.Select(follower => follower with { Server = Of(follower.Server) }).OrderBy(follower => follower.Server.Value)],
    };

    public DiskState Of(DiskState disk) => disk with { VotedFor = Of(disk.VotedFor) };

    public DurableWrite Of(DurableWrite write) => new()
    {
        Id = write.Id,
        TermAndVote = write.TermAndVote is { } termAndVote ? (termAndVote.CurrentTerm, Of(termAndVote.VotedFor)) : null,
        Snapshot = write.Snapshot,
        KeepSuffix = write.KeepSuffix,
        LogFrom = write.LogFrom,
        Entries = write.Entries,
    };
}

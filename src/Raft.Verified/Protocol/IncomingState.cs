namespace Raft.Verified.Protocol;

/// <summary>A snapshot that is arriving in chunks, as a value.</summary>
/// <param name="Term">The term of the leader that sends it.</param>
/// <param name="LastIncludedIndex">The last entry that the snapshot covers.</param>
/// <param name="LastIncludedTerm">The term of the entry at <paramref name="LastIncludedIndex"/>.</param>
/// <param name="Data">The bytes received so far.</param>
public sealed record IncomingState(Term Term, LogIndex LastIncludedIndex, Term LastIncludedTerm, ReadOnlyMemory<byte> Data)
{
    internal void WriteTo(StateWriter writer)
    {
        writer.Number(Term.Value);
        writer.Number(LastIncludedIndex.Value);
        writer.Number(LastIncludedTerm.Value);
        writer.Bytes(Data.Span);
    }
}

namespace Raft.Verified.Protocol;

internal static class Rounds
{
    // Empty when there are no reads, as in most logs.
    public static string Text(ReadRound round) => round == ReadRound.None ? "" : $" round {round}";
}

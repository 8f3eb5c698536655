namespace Raft.Verified.Mutants.Catalogue;

/// <summary>One replacement of text in a source file.</summary>
/// <param name="File">
/// The path of the source file, with slashes: relative to the root of this repository for a mutant of the library, and
/// to the folder of the project for a mutant of another assembly.
/// </param>
/// <param name="Replace">The text to replace; it must occur exactly once in the file.</param>
/// <param name="With">The replacement; empty to delete the text.</param>
public sealed record MutantEdit(string File, string Replace, string With);

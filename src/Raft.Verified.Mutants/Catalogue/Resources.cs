using System.Text;

namespace Raft.Verified.Mutants.Catalogue;

/// <summary>The embedded texts of this assembly: the catalogue, and the sources that mutants are made from.</summary>
internal static class Resources
{
    /// <summary>Reads an embedded text, with line feeds as line ends.</summary>
    /// <param name="name">The name of the resource: a path with slashes.</param>
    /// <exception cref="MutantException">There is no such resource.</exception>
    public static string Read(string name)
    {
        using Stream stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new MutantException($"{name}: there is no such source file; expected one in {string.Join(" or ", Compilation.MutantCompiler.Folders)}");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
